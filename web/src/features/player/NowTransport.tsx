import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { usePlayer } from "@/hooks/usePlayer";
import { useElapsedText, usePositionFrame } from "@/hooks/usePosition";
import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";

import styles from "./NowPage.module.css";
import { PlayButton } from "./PlayButton";
import { RepeatButton } from "./RepeatButton";
import { ShuffleButton } from "./ShuffleButton";
import { SkipButton } from "./SkipButton";
import { VolumeControl } from "./VolumeControl";

/** The times, and everything that moves the music. */
export function NowTransport({ phone }: { phone: boolean }) {
  const { t } = useTranslation("now");
  const elapsed = useElapsedText<HTMLSpanElement>();
  return (
    <section className={styles["transport"]} aria-label={t("transport")}>
      <span ref={elapsed} className={styles["time"]} />
      <div className={styles["buttons"]}>
        <ShuffleButton />
        <SkipButton to="previous" />
        <span className={styles["play"]}>
          <PlayButton stage />
        </span>
        <SkipButton to="next" />
        <RepeatButton />
      </div>
      <div className={styles["end"]}>
        {!phone && <VolumeControl />}
        <TimeLeft />
      </div>
    </section>
  );
}

function TimeLeft() {
  const duration = usePlayer((player) => player.duration);
  const target = useRef<HTMLSpanElement>(null);
  usePositionFrame((seconds) => {
    const text = `−${formatTime(Math.ceil(duration - seconds))}`;
    if (target.current !== null && target.current.textContent !== text) target.current.textContent = text;
  });
  return <span ref={target} className={classes(styles["time"], styles["left"])} />;
}
