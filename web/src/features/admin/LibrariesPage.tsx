import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { librariesQuery } from "@/api/admin";
import { useTitle } from "@/hooks/useTitle";
import { formatNumber } from "@/lib/format";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";
import { Title } from "@/ui/Title";

import styles from "./admin.module.css";

/** The libraries of this server, with their numbers of songs. */
export function LibrariesPage() {
  const { t, i18n } = useTranslation("admin");
  const { data, error, refetch } = useQuery(librariesQuery);
  useTitle(t("libraries.title"));
  return (
    <>
      <h1>{t("libraries.title")}</h1>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={2} cover={28} />}
      {data !== undefined && (
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">{t("libraries.name")}</th>
              <th scope="col">{t("libraries.kind")}</th>
              <th scope="col" className={styles["number"]}>
                {t("libraries.songs")}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ id, name, kind, songCount }) => (
              <tr key={id}>
                <td>
                  <Title>{name}</Title>
                </td>
                <td className="ink2">{t(`kind.${kind}`)}</td>
                <td className={styles["number"]}>{formatNumber(songCount, i18n.language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
