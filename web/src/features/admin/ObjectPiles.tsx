import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { librariesQuery } from "@/api/libraries";
import { objectsQuery } from "@/api/storage";
import { ListFault } from "@/ui/ListFault";

import styles from "./admin.module.css";
import { useAmounts } from "./useAmounts";

const PILES = ["audio", "covers", "copies", "unused"] as const;

/** What is stored, by what it is: folders that are only read, then the server's own objects. */
export function ObjectPiles() {
  const { t } = useTranslation("admin");
  const { bytes, number } = useAmounts();
  const { data: libraries } = useQuery(librariesQuery);
  const { data, error, refetch } = useQuery(objectsQuery);
  const folders = libraries?.filter(({ kind }) => kind === "folder") ?? [];
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return (
    <section className={styles["section"]} aria-label={t("storage.stored")}>
      <h2>{t("storage.stored")}</h2>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">{t("storage.what")}</th>
            <th scope="col" className={styles["number"]}>
              {t("storage.count")}
            </th>
            <th scope="col" className={styles["number"]}>
              {t("storage.size")}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{t("storage.folders")}</td>
            <td className={styles["number"]}>
              {number(sum(folders.map(({ songCount }) => songCount ?? 0)))}
            </td>
            <td className={styles["number"]}>{bytes(sum(folders.map(({ size }) => size)))}</td>
          </tr>
          {PILES.map((pile) => (
            <tr key={pile}>
              <td>
                {t(`storage.${pile}`)}
                {pile === "unused" && <p className={styles["second"]}>{t("storage.sweep")}</p>}
              </td>
              <td className={styles["number"]}>{data === undefined ? "–" : number(data[pile].count)}</td>
              <td className={styles["number"]}>{data === undefined ? "–" : bytes(data[pile].bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
