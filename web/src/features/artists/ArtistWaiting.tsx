import { Skeleton, SkeletonBlock } from "@/ui/Skeleton";

import styles from "./ArtistsPage.module.css";

/** The true layout of an artist while it is on its way. */
export function ArtistWaiting() {
  return (
    <Skeleton>
      <div className={styles["hero"]}>
        <SkeletonBlock square />
        <div className={styles["waiting"]}>
          <SkeletonBlock width="64px" />
          <SkeletonBlock width="min(420px, 90%)" height={56} />
          <SkeletonBlock width="160px" />
        </div>
      </div>
      {Array.from({ length: 5 }, (_, at) => (
        <div key={at} className={styles["row"]}>
          <span />
          <SkeletonBlock square width="40px" />
          <SkeletonBlock width={`${20 + ((at * 13) % 22)}%`} />
        </div>
      ))}
    </Skeleton>
  );
}
