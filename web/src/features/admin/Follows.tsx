import { useTranslation } from "react-i18next";

import type { ScanState } from "@/api/types";
import { formatUptime } from "@/lib/since";
import { classes } from "@/lib/classes";
import { Title } from "@/ui/Title";

import styles from "./admin.module.css";

type Follow = ScanState["follows"][number];

/** How changes of each library folder are found out, and why not as they happen. */
export function Follows({ follows }: { follows: readonly Follow[] }) {
  const { t } = useTranslation("admin");
  if (follows.length === 0) return null;
  return (
    <section className={styles["section"]} aria-label={t("follows.title")}>
      <h2>{t("follows.title")}</h2>
      <ul>
        {follows.map((follow) => (
          <FollowRow key={follow.libraryId} follow={follow} />
        ))}
      </ul>
    </section>
  );
}

function FollowRow({ follow }: { follow: Follow }) {
  const { t, i18n } = useTranslation("admin");
  const { by, everySeconds, library, reason } = follow;
  const time = formatUptime(everySeconds ?? 0, i18n.language);
  return (
    <li className={styles["follow"]}>
      <Title className={classes("cut", styles["name"])}>{library}</Title>
      <div className={styles["what"]}>
        <p className={classes(styles["lamp"], by === "events" && styles["healthy"])}>
          {by === "interval" ? t("follows.interval", { time }) : t(`follows.${by}`)}
        </p>
        {reason !== null && <p className={styles["why"]}>{reason}</p>}
      </div>
    </li>
  );
}
