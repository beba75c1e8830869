import { classes } from "@/lib/classes";
import { SkeletonBlock } from "@/ui/Skeleton";
import { Title } from "@/ui/Title";

import styles from "./admin.module.css";

interface ReasonRowProps {
  /** What it belongs to. */
  of?: string;
  /** Undefined while it is on its way. */
  what?: string;
  /** In the server's words, which are English. */
  reason?: string;
}

/** One thing that did not work, and why. */
export function ReasonRow({ of = "", what, reason = "" }: ReasonRowProps) {
  if (what === undefined) {
    return (
      <div className={styles["reason"]}>
        <SkeletonBlock width="60%" />
        <SkeletonBlock width="40%" height={10} />
      </div>
    );
  }
  return (
    <div className={styles["reason"]}>
      <p className="cut" title={what}>
        {of !== "" && (
          <>
            <Title className={styles["of"]}>{of}</Title>{" "}
          </>
        )}
        <Title>{what}</Title>
      </p>
      <p className={classes("cut", styles["second"])} title={reason} lang="en">
        {reason}
      </p>
    </div>
  );
}
