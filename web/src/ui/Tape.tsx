import { type MouseEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";
import { followPosition } from "@/lib/positionSource";
import type { NowPlaying } from "@/lib/songRow";

import { Ruler } from "./Ruler";
import styles from "./Tape.module.css";

interface TapeSong {
  readonly id: number;
  readonly title: string;
  readonly duration: number;
}

interface TapeProps {
  label: string;
  songs: readonly TapeSong[];
  now: NowPlaying | null;
  /** Where it stands if the player is somewhere else: the place of a song and a time in it. */
  stopped?: { index: number; seconds: number };
  /** from: 0 to 1 within the song, where it was pressed; 0 by the keyboard. */
  onPlay: (index: number, from: number) => void;
}

/** Several songs on one rule, each as wide as it is long. A press plays one. */
export function Tape({ label, songs, now, stopped, onPlay }: TapeProps) {
  const { t } = useTranslation("rows");
  const total = songs.reduce((sum, song) => sum + song.duration, 0);
  const current = songs.findIndex((song) => song.id === now?.id);
  const at = current !== -1 ? current : (stopped?.index ?? -1);
  const press = (index: number) => (event: MouseEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const from = event.detail === 0 || box.width === 0 ? 0 : (event.clientX - box.left) / box.width;
    onPlay(index, from);
  };
  return (
    <div className={styles["tape"]}>
      <div className={styles["rule"]}>
        <Ruler duration={total} />
      </div>
      <ol className={styles["songs"]} aria-label={label}>
        {songs.map((song, index) => (
          <li key={song.id} className={styles["song"]} style={{ flexGrow: Math.max(song.duration, 1) }}>
            <button
              type="button"
              className={classes(index === at && styles["current"])}
              aria-label={t("tapeSong", {
                number: index + 1,
                title: song.title,
                time: formatTime(song.duration),
              })}
              aria-current={index === current ? "true" : undefined}
              title={song.title}
              onClick={press(index)}
            >
              {index < at && <span className={styles["played"]} />}
              {index === at && (
                <TapeHead
                  duration={song.duration}
                  now={index === current ? now : null}
                  seconds={stopped?.seconds ?? 0}
                />
              )}
              <span className={classes(styles["number"], index >= 9 && styles["wide"])}>{index + 1}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

interface TapeHeadProps {
  duration: number;
  now: NowPlaying | null;
  seconds: number;
}

/** The playhead within one song; it follows the sound if this song is the current one. */
function TapeHead({ duration, now, seconds }: TapeHeadProps) {
  const played = useRef<HTMLSpanElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const draw = (position: number) => {
      const share = duration > 0 ? Math.min(position / duration, 1) : 0;
      if (played.current !== null) played.current.style.transform = `scaleX(${share})`;
      if (head.current !== null) head.current.style.transform = `translateX(${share * 100}%)`;
    };
    if (now !== null) return followPosition(now.source, draw);
    draw(seconds);
    return undefined;
  }, [duration, now, seconds]);
  return (
    <>
      <span ref={played} className={styles["played"]} />
      <span ref={head} className={styles["carrier"]}>
        <span className={styles["head"]} />
      </span>
    </>
  );
}
