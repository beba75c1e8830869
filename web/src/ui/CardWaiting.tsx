import styles from "./CardWaiting.module.css";
import { SkeletonBlock } from "./Skeleton";

/** A sleeve that is on its way. */
export function CardWaiting() {
  return (
    <div className={styles["card"]} aria-hidden="true">
      <SkeletonBlock square />
      <SkeletonBlock width="74%" />
      <SkeletonBlock width="48%" height={10} />
    </div>
  );
}
