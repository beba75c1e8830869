import { classes } from "@/lib/classes";
import { Ruler } from "@/ui/Ruler";
import { SkeletonBlock } from "@/ui/Skeleton";

import styles from "./Resume.module.css";

const RULE_SECONDS = 240;

/** The resume panel while it is not known what it shows: the playhead runs along an empty rule. */
export function ResumeWaiting() {
  return (
    <div className={classes(styles["panel"], styles["waiting"])} aria-hidden="true">
      <SkeletonBlock square width="auto" />
      <div className={styles["body"]}>
        <div className={styles["lines"]}>
          <SkeletonBlock width="min(180px, 60%)" />
          <SkeletonBlock width="min(420px, 90%)" height={34} />
          <SkeletonBlock width="min(240px, 70%)" />
        </div>
        <div className={styles["rule"]}>
          <Ruler duration={RULE_SECONDS} />
          <span className={styles["sweep"]}>
            <span className={styles["head"]} />
          </span>
        </div>
      </div>
    </div>
  );
}
