import { useMemo } from "react";

import { formatTime } from "@/lib/format";
import { ticks } from "@/lib/ticks";

import styles from "./Ruler.module.css";

/** A hairline with the marks of its seconds. Decoration: the control around it says the times. */
export function Ruler({ duration, labels = false }: { duration: number; labels?: boolean }) {
  const marks = useMemo(() => ticks(duration), [duration]);
  return (
    <span className={styles["ruler"]} aria-hidden="true">
      <svg className={styles["marks"]}>
        <line x1="0" x2="100%" y1="0.5" y2="0.5" />
        {marks.map((mark) => (
          <line
            key={mark.seconds}
            x1={`${mark.at * 100}%`}
            x2={`${mark.at * 100}%`}
            y1="0"
            y2={mark.major ? 6 : 3}
          />
        ))}
      </svg>
      {labels && (
        <span className={styles["labels"]}>
          {marks
            .filter((mark) => mark.major && mark.at < 0.97)
            .map((mark) => (
              <span key={mark.seconds} style={{ insetInlineStart: `${mark.at * 100}%` }}>
                {formatTime(mark.seconds)}
              </span>
            ))}
        </span>
      )}
    </span>
  );
}
