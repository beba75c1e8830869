import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type AuditFilter, auditQuery } from "@/api/audit";
import { useTitle } from "@/hooks/useTitle";
import { Button } from "@/ui/Button";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import styles from "./audit.module.css";
import { AuditFilters } from "./AuditFilters";
import { AuditTable } from "./AuditTable";

/** What was done on this server and by whom, newest first. */
export function AuditPage() {
  const { t } = useTranslation("audit");
  const [filter, setFilter] = useState<AuditFilter>({ action: "", user: "", from: "", to: "" });
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    auditQuery(filter),
  );
  useTitle(t("title"));
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <>
      <h1>{t("title")}</h1>
      <p className={styles["about"]}>{t("about")}</p>
      <AuditFilters filter={filter} onChange={setFilter} total={data?.pages[0]?.total} />
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={6} cover={28} />}
      {data !== undefined && events.length === 0 && <p className={styles["none"]}>{t("none")}</p>}
      {events.length > 0 && <AuditTable events={events} />}
      {hasNextPage && (
        <div className={styles["more"]}>
          <Button small disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
    </>
  );
}
