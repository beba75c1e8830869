import { classes } from "@/lib/classes";

import { SkeletonBlock } from "./Skeleton";
import type { SongColumn } from "./songColumns";
import styles from "./SongGrid.module.css";

interface SongGridWaitingProps {
  index: number;
  top: number;
  columns: readonly SongColumn[];
}

const FLEXIBLE: readonly SongColumn[] = ["artist", "album"];

/** A row whose song is on its way. */
export function SongGridWaiting({ index, top, columns }: SongGridWaitingProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes(styles["row"], styles["song"], styles["waiting"])}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className={styles["box"]} />
      <span role="presentation" className={styles["cover"]}>
        <SkeletonBlock square />
      </span>
      <span role="presentation" className={styles["title"]}>
        <SkeletonBlock width={`${40 + ((index * 23) % 45)}%`} />
      </span>
      {columns.map((column, at) => (
        <span key={column} role="presentation" className={styles[column]}>
          {FLEXIBLE.includes(column) && <SkeletonBlock width={`${40 + ((index * 31 + at * 17) % 40)}%`} />}
        </span>
      ))}
    </div>
  );
}
