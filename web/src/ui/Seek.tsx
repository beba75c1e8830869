import { useEffect, useRef } from "react";

import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";
import { followPosition, type PositionSource } from "@/lib/positionSource";

import { Ruler } from "./Ruler";
import styles from "./Seek.module.css";
import { useSliderInput } from "./useSliderInput";

interface SeekProps {
  label: string;
  /** Seconds; 0 shows an empty rule that cannot be used. */
  duration: number;
  source: PositionSource;
  onSeek: (seconds: number) => void;
  /** The strip above a phone's player: 22 px, without the knob. */
  compact?: boolean;
  /** Makes the spoken value: "1:35 of 4:12". */
  describe: (position: string, total: string) => string;
}

const ARROW_SECONDS = 5;

/** The rule of a song with its playhead. It moves with the audio clock and renders nothing while it does. */
export function Seek({ label, duration, source, onSeek, compact = false, describe }: SeekProps) {
  const root = useRef<HTMLDivElement>(null);
  const played = useRef<HTMLSpanElement>(null);
  const carrier = useRef<HTMLSpanElement>(null);
  const { dragged, handlers } = useSliderInput({
    max: duration,
    step: ARROW_SECONDS,
    read: () => source.read(),
    onCommit: onSeek,
  });

  useEffect(() => {
    const draw = (seconds: number) => {
      const share = duration > 0 ? Math.min((dragged ?? seconds) / duration, 1) : 0;
      if (played.current !== null) played.current.style.transform = `scaleX(${share})`;
      if (carrier.current !== null) carrier.current.style.transform = `translateX(${share * 100}%)`;
      const whole = Math.floor(dragged ?? seconds);
      if (root.current === null || root.current.ariaValueNow === String(whole)) return;
      root.current.ariaValueNow = String(whole);
      root.current.ariaValueText = describe(formatTime(whole), formatTime(duration));
    };
    return followPosition(source, draw);
  }, [source, duration, dragged, describe]);

  return (
    <div
      ref={root}
      className={classes(styles["seek"], compact && styles["compact"], duration <= 0 && styles["empty"])}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.floor(duration)}
      aria-valuenow={0}
      aria-disabled={duration <= 0}
      {...(duration > 0 ? handlers : {})}
    >
      <span className={styles["rule"]}>
        <Ruler duration={duration} />
      </span>
      <span ref={played} className={styles["played"]} />
      <span ref={carrier} className={styles["carrier"]}>
        <span className={styles["head"]} />
      </span>
      {dragged !== null && (
        <span className={styles["hint"]} style={{ left: `${(dragged / duration) * 100}%` }}>
          {formatTime(dragged)}
        </span>
      )}
    </div>
  );
}
