import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { scanErrorsQuery } from "@/api/admin";

import styles from "./admin.module.css";

/** The files that could not be read, and why. */
export function ScanErrors() {
  const { t } = useTranslation("admin");
  const { data } = useQuery(scanErrorsQuery);
  if (data === undefined || data.total === 0) return null;
  const rest = data.total - data.errors.length;
  return (
    <details className={styles["errors"]}>
      <summary>{t("errors.title", { count: data.total })}</summary>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{t("errors.path")}</th>
            <th scope="col">{t("errors.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {data.errors.map(({ path, reason }) => (
            <tr key={path}>
              <td>
                <bdi>{path}</bdi>
              </td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className={styles["about"]}>{t("errors.more", { count: rest })}</p>}
    </details>
  );
}
