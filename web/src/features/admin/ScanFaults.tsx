import { useTranslation } from "react-i18next";

import type { ScanFault } from "@/api/types";

import styles from "./admin.module.css";

/** What could not be read of one library. */
export function ScanFaults({ library, faults }: { library: string; faults: readonly ScanFault[] }) {
  const { t } = useTranslation("admin");
  const inside = (path: string) => (path.startsWith(`${library}/`) ? path.slice(library.length + 1) : path);
  return (
    <>
      <h3 className={styles["group"]}>
        <bdi>{library}</bdi>
      </h3>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{t("errors.path")}</th>
            <th scope="col">{t("errors.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ path, reason }) => (
            <tr key={path}>
              <td>
                <bdi>{inside(path) || t("errors.whole")}</bdi>
              </td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
