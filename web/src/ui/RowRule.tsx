import { useEffect, useRef } from "react";

import { followPosition } from "@/lib/positionSource";
import type { NowPlaying } from "@/lib/songRow";

import styles from "./RowRule.module.css";

/** The bottom line of the playing row: it fills as the song passes. Put it into a row with a position. */
export function RowRule({ now }: { now: NowPlaying }) {
  const line = useRef<HTMLSpanElement>(null);
  const { source, duration } = now;
  useEffect(
    () =>
      followPosition(source, (seconds) => {
        const share = duration > 0 ? Math.min(seconds / duration, 1) : 0;
        if (line.current !== null) line.current.style.transform = `scaleX(${share})`;
      }),
    [source, duration],
  );
  return <span ref={line} className={styles["rule"]} aria-hidden="true" />;
}
