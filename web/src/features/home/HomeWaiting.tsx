import { useTranslation } from "react-i18next";

import { CardWaiting } from "@/ui/CardWaiting";
import { Ruler } from "@/ui/Ruler";
import { CardLine, Shelf } from "@/ui/Shelf";
import { Skeleton, SkeletonBlock } from "@/ui/Skeleton";

import styles from "./HomePage.module.css";

const EMPTY_SECONDS = 240;

/** The true layout in empty planes; the playhead sweeps an empty rule. */
export function HomeWaiting() {
  const { t } = useTranslation("home");
  return (
    <Skeleton>
      <div className={styles["waiting"]}>
        <SkeletonBlock square />
        <div className={styles["waitingAbout"]}>
          <SkeletonBlock width="34%" />
          <SkeletonBlock width="80%" height={36} />
          <SkeletonBlock width="46%" />
          <div className={styles["waitingRule"]}>
            <Ruler duration={EMPTY_SECONDS} />
            <span className={styles["sweep"]} />
          </div>
        </div>
      </div>
      {[t("jumpBack"), t("added")].map((title) => (
        <Shelf key={title} title={title}>
          <CardLine>
            {Array.from({ length: 6 }, (_, at) => (
              <li key={at}>
                <CardWaiting />
              </li>
            ))}
          </CardLine>
        </Shelf>
      ))}
    </Skeleton>
  );
}
