import { useTranslation } from "react-i18next";

import type { Health } from "@/api/types";
import { classes } from "@/lib/classes";

import styles from "./admin.module.css";

const LAMPS = { healthy: "healthy", unhealthy: "unhealthy", "not configured": "off" } as const;

export function HealthChecks({ checks }: { checks: Health["checks"] }) {
  const { t, i18n } = useTranslation("admin");
  const milliseconds = new Intl.NumberFormat(i18n.language, {
    style: "unit",
    unit: "millisecond",
    unitDisplay: "short",
    maximumFractionDigits: 1,
  });
  return (
    <table className={styles["table"]}>
      <thead>
        <tr>
          <th scope="col">{t("checks.part")}</th>
          <th scope="col">{t("checks.state")}</th>
          <th scope="col" className={styles["number"]}>
            {t("checks.time")}
          </th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(checks).map(([name, { status, responseTime }]) => (
          <tr key={name}>
            <td>{name}</td>
            <td>
              <span className={classes(styles["lamp"], styles[LAMPS[status]])}>
                {t(`lamp.${LAMPS[status]}`)}
              </span>
            </td>
            <td className={classes(styles["number"], "ink2")}>
              {responseTime === undefined ? "–" : milliseconds.format(responseTime)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
