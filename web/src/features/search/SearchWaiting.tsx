import { useTranslation } from "react-i18next";

import { Skeleton, SkeletonBlock } from "@/ui/Skeleton";

import styles from "./SearchPage.module.css";

/** The true layout before anything was found. */
export function SearchWaiting() {
  const { t } = useTranslation("search");
  return (
    <Skeleton>
      <div className={styles["first"]}>
        <section className={styles["songs"]}>
          <h2>{t("top")}</h2>
          <SkeletonBlock height={144} />
        </section>
        <section className={styles["songs"]}>
          <h2>{t("songs")}</h2>
          {Array.from({ length: 6 }, (_, at) => (
            <div key={at} className={styles["rowWaiting"]}>
              <SkeletonBlock square width="40px" />
              <SkeletonBlock width={`${30 + ((at * 17) % 30)}%`} />
            </div>
          ))}
        </section>
      </div>
    </Skeleton>
  );
}
