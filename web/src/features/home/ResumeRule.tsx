import { useEffect, useRef } from "react";

import { followPosition } from "@/lib/positionSource";
import type { NowPlaying } from "@/lib/songRow";
import { Ruler } from "@/ui/Ruler";

import styles from "./Resume.module.css";

interface ResumeRuleProps {
  duration: number;
  /** Seconds at which it stopped. */
  position: number;
  /** The player, if it has the song now: the playhead follows it. */
  now: NowPlaying | null;
}

/** The song on its rule with the playhead where it stands. */
export function ResumeRule({ duration, position, now }: ResumeRuleProps) {
  const played = useRef<HTMLSpanElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const source = now?.source;
  useEffect(() => {
    const draw = (seconds: number) => {
      const share = duration > 0 ? Math.min(seconds / duration, 1) : 0;
      if (played.current !== null) played.current.style.transform = `scaleX(${share})`;
      if (head.current !== null) head.current.style.transform = `translateX(${share * 100}%)`;
    };
    if (source !== undefined) return followPosition(source, draw);
    draw(position);
    return undefined;
  }, [duration, position, source]);
  return (
    <div className={styles["rule"]} aria-hidden="true">
      <Ruler duration={duration} labels />
      <span ref={played} className={styles["played"]} />
      <span ref={head} className={styles["carrier"]}>
        <span className={styles["head"]} />
      </span>
    </div>
  );
}
