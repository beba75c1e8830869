import { useTranslation } from "react-i18next";

import type { AuditEvent } from "@/api/types";
import { classes } from "@/lib/classes";
import { formatMoment } from "@/lib/format";

import styles from "./audit.module.css";
import { useEventText } from "./useEventText";

/** The events as a calm table; on a phone each is a few lines. */
export function AuditTable({ events }: { events: readonly AuditEvent[] }) {
  const { t, i18n } = useTranslation("audit");
  const text = useEventText();
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          {(["when", "what", "who", "whom", "where"] as const).map((column) => (
            <th key={column} scope="col">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id}>
            <td className={styles["when"]}>
              <time dateTime={event.at}>{formatMoment(event.at, i18n.language)}</time>
            </td>
            <td>
              <span className={styles["what"]}>{text.does(event)}</span>
              {event.outcome === "failed" && <span className={styles["failed"]}>{t("failed")}</span>}
              {text.detail(event) !== "" && <div className={styles["second"]}>{text.detail(event)}</div>}
            </td>
            <td className={styles["inline"]}>
              <bdi>{text.actor(event)}</bdi>
            </td>
            <td className={classes(styles["inline"], styles["whom"])}>
              <bdi>{text.target(event)}</bdi>
            </td>
            <td title={event.userAgent}>
              {event.ip}
              <div className={styles["second"]}>{text.device(event)}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
