import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

import styles from "./TrackRow.module.css";

/** The heads above numbered songs, for the eye: each row says its parts itself. */
export function TrackHead({ boxes = false }: { boxes?: boolean }) {
  const { t } = useTranslation("rows");
  return (
    <div className={classes(styles["row"], boxes && styles["withStart"], styles["heads"])} aria-hidden="true">
      {boxes && <span />}
      <span className={styles["place"]}>{t("column.number")}</span>
      <span>{t("column.title")}</span>
      <span className={styles["plays"]}>{t("column.plays")}</span>
      <span className={styles["like"]} />
      <span className={styles["time"]}>{t("column.time")}</span>
      <span className={styles["more"]} />
    </div>
  );
}
