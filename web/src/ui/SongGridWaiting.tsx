import { classes } from "@/lib/classes";

import { SkeletonBlock } from "./Skeleton";
import styles from "./SongGrid.module.css";

/** A row whose song is on its way. */
export function SongGridWaiting({ index, top }: { index: number; top: number }) {
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
      <span role="presentation" className={styles["artist"]}>
        <SkeletonBlock width={`${40 + ((index * 31) % 40)}%`} />
      </span>
      <span role="presentation" className={styles["album"]}>
        <SkeletonBlock width={`${45 + ((index * 17) % 40)}%`} />
      </span>
    </div>
  );
}
