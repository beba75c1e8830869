import { useEffect, useMemo, useRef } from "react";

import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";
import { followPosition, type PositionSource } from "@/lib/positionSource";
import { waveBars, wavePath } from "@/lib/wave";

import { Ruler } from "./Ruler";
import { useSliderInput } from "./useSliderInput";
import { useWidth } from "./useWidth";
import styles from "./WaveSeek.module.css";

interface WaveSeekProps {
  label: string;
  /** Seconds; 0 shows an empty rule that cannot be used. */
  duration: number;
  /** 0 to 255; without any the rule stands alone. */
  peaks: readonly number[];
  source: PositionSource;
  onSeek: (seconds: number) => void;
  /** Makes the spoken value: "1:35 of 4:12". */
  describe: (position: string, total: string) => string;
}

const ARROW_SECONDS = 5;
/** From one bar to the next, in pixels. What was played is drawn thicker: shape as well as colour. */
const PITCH = 3;
const PLAYED = 2;
const AHEAD = 1;
/** The height of the drawing; the styles say how high it is shown. */
const HEIGHT = 100;

/** The wave of a song on its rule. It moves with the audio clock and renders nothing while it does. */
export function WaveSeek({ label, duration, peaks, source, onSeek, describe }: WaveSeekProps) {
  const root = useRef<HTMLDivElement>(null);
  const played = useRef<HTMLSpanElement>(null);
  const carrier = useRef<HTMLSpanElement>(null);
  const width = useWidth(root);
  const { dragged, handlers } = useSliderInput({
    ...{ max: duration, step: ARROW_SECONDS, read: () => source.read(), onCommit: onSeek },
  });
  const bars = useMemo(() => waveBars(peaks, Math.floor(width / PITCH)), [peaks, width]);
  const ahead = useMemo(() => wavePath(bars, HEIGHT, PITCH, AHEAD), [bars]);
  const behind = useMemo(() => wavePath(bars, HEIGHT, PITCH, PLAYED), [bars]);

  useEffect(() => {
    const draw = (seconds: number) => {
      const share = duration > 0 ? Math.min((dragged ?? seconds) / duration, 1) : 0;
      if (played.current !== null) played.current.style.clipPath = `inset(0 ${(1 - share) * 100}% 0 0)`;
      if (carrier.current !== null) carrier.current.style.transform = `translateX(${share * 100}%)`;
      const whole = Math.floor(dragged ?? seconds);
      if (root.current === null || root.current.ariaValueNow === String(whole)) return;
      root.current.ariaValueNow = String(whole);
      root.current.ariaValueText = describe(formatTime(whole), formatTime(duration));
    };
    return followPosition(source, draw);
  }, [source, duration, dragged, describe]);

  const drawing = (path: string) => (
    <svg
      className={styles["wave"]}
      viewBox={`0 0 ${Math.max(width, 1)} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      <path d={path} />
    </svg>
  );
  return (
    <div
      ref={root}
      className={classes(styles["seek"], duration <= 0 && styles["empty"])}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.floor(duration)}
      aria-valuenow={0}
      aria-disabled={duration <= 0}
      {...(duration > 0 ? handlers : {})}
    >
      <span className={styles["ahead"]}>{bars.length > 0 && drawing(ahead)}</span>
      <span ref={played} className={classes(styles["played"], bars.length === 0 && styles["bare"])}>
        {bars.length > 0 && drawing(behind)}
      </span>
      <span className={styles["rule"]}>
        <Ruler duration={duration} labels />
      </span>
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
