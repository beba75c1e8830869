import { Skeleton, SkeletonBlock } from "@/ui/Skeleton";

import styles from "./AlbumPage.module.css";

/** The true layout of an album while it is on its way. */
export function AlbumWaiting() {
  return (
    <Skeleton>
      <div className={styles["hero"]}>
        <div className={styles["cover"]}>
          <SkeletonBlock square />
        </div>
        <div className={styles["about"]}>
          <div className={styles["waiting"]}>
            <SkeletonBlock width="96px" />
            <SkeletonBlock width="min(420px, 90%)" height={56} />
            <SkeletonBlock width="160px" height={16} />
            <SkeletonBlock width="240px" height={32} />
            <SkeletonBlock width="220px" height={40} />
          </div>
        </div>
      </div>
      <div className={styles["tapeWaiting"]} />
      {Array.from({ length: 8 }, (_, at) => (
        <div key={at} className={styles["rowWaiting"]}>
          <SkeletonBlock width={`${18 + ((at * 13) % 22)}%`} />
        </div>
      ))}
    </Skeleton>
  );
}
