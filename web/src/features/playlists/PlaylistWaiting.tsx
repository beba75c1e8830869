import { Skeleton, SkeletonBlock, SkeletonRows } from "@/ui/Skeleton";

import styles from "./PlaylistHead.module.css";

/** The layout of a playlist while it is on its way. */
export function PlaylistWaiting() {
  return (
    <>
      <Skeleton>
        <div className={styles["head"]}>
          <div className={styles["cover"]}>
            <SkeletonBlock square />
          </div>
          <div className={styles["waiting"]}>
            <SkeletonBlock width="120px" />
            <SkeletonBlock width="60%" height={48} />
            <SkeletonBlock width="240px" height={32} />
          </div>
        </div>
      </Skeleton>
      <SkeletonRows count={8} cover={40} />
    </>
  );
}
