import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { storageQuery } from "@/api/storage";
import { useTitle } from "@/hooks/useTitle";
import { Facts } from "@/ui/Facts";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import styles from "./admin.module.css";
import { MemberStorage } from "./MemberStorage";
import { ObjectPiles } from "./ObjectPiles";
import { useAmounts } from "./useAmounts";

/** What takes room, whose it is, and how much is left. */
export function StoragePage() {
  const { t } = useTranslation("admin");
  const { bytes } = useAmounts();
  const { data, error, refetch } = useQuery(storageQuery);
  useTitle(t("storage.title"));
  const room = () => {
    if (data?.free == null || data.total === null) return t("storage.unknown");
    return t("storage.freeOf", { free: bytes(data.free), total: bytes(data.total) });
  };
  return (
    <>
      <h1>{t("storage.title")}</h1>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={4} cover={28} />}
      {data !== undefined && (
        <>
          <div className={styles["facts"]}>
            <Facts
              facts={[
                { term: t("storage.disk"), text: room() },
                { term: t("storage.database"), text: bytes(data.databaseSize) },
                {
                  term: t("storage.default"),
                  text: data.defaultQuota === null ? t("storage.unlimited") : bytes(data.defaultQuota),
                },
              ]}
            />
          </div>
          <ObjectPiles />
          <MemberStorage members={data.members} defaultQuota={data.defaultQuota} />
        </>
      )}
    </>
  );
}
