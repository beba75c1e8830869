import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { usePositionFrame } from "@/hooks/usePosition";
import { classes } from "@/lib/classes";
import { lineAt, type TimedLine } from "@/lib/lyrics";
import { Button } from "@/ui/Button";

import styles from "./Lyrics.module.css";

/** Where in the view the line that is sung stands, from 0 at the top. */
const EYE = 0.38;

/** Lines that follow the song. A press on one leads there; scrolling by hand stops the following until it is asked for. */
export function SyncedLyrics({ lines }: { lines: readonly TimedLine[] }) {
  const { t } = useTranslation("now");
  const player = usePlayerCommands();
  const still = useMediaQuery("(prefers-reduced-motion: reduce)");
  const view = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(() => lineAt(lines, player.positionSource.read()));
  const [follows, setFollows] = useState(true);
  usePositionFrame((seconds) => setCurrent(lineAt(lines, seconds)));

  const show = useEffectEvent((smooth: boolean) => {
    const line = view.current?.querySelectorAll("button")[Math.max(current, 0)];
    if (view.current === null || line === undefined) return;
    const top = line.offsetTop + line.offsetHeight / 2 - view.current.clientHeight * EYE;
    view.current.scrollTo({ top, behavior: smooth && !still ? "smooth" : "instant" });
  });
  useEffect(() => show(false), []);
  useEffect(() => {
    if (follows) show(true);
  }, [current, follows]);

  const go = (line: TimedLine) => {
    player.seek(line.at / 1000);
    setFollows(true);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const all = [...(view.current?.querySelectorAll("button") ?? [])];
    const next = all[all.findIndex((line) => line === event.target) + step];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    setFollows(false);
    next.focus();
  };
  const reached = Math.max(current, 0);
  return (
    <section className={styles["synced"]} aria-label={t("lyrics.title")}>
      <div
        ref={view}
        className={styles["view"]}
        onWheel={() => setFollows(false)}
        onTouchMove={() => setFollows(false)}
      >
        {/* The arrows only go from one line's own button to the next. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <ol className={styles["lines"]} onKeyDown={press}>
          {lines.map((line, at) => (
            <li key={at}>
              <button
                type="button"
                dir="auto"
                tabIndex={at === reached ? 0 : -1}
                aria-current={at === current ? "true" : undefined}
                className={classes(styles["line"], at === current && styles["current"])}
                onClick={() => go(line)}
              >
                {line.text.trim() === "" ? <Wordless /> : line.text}
              </button>
            </li>
          ))}
        </ol>
      </div>
      {!follows && (
        <span className={styles["follow"]}>
          <Button small onClick={() => setFollows(true)}>
            {t("lyrics.follow")}
          </Button>
        </span>
      )}
    </section>
  );
}

/** A stretch that nobody sings. */
function Wordless() {
  const { t } = useTranslation("now");
  return (
    <>
      <span aria-hidden="true">♪</span>
      <span className="sr">{t("lyrics.instrumental")}</span>
    </>
  );
}
