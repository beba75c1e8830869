import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { historyQuery } from "@/api/history";
import { useTitle } from "@/hooks/useTitle";
import { buttonClass } from "@/ui/buttonClass";
import { EmptyState } from "@/ui/EmptyState";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import { groupByDay } from "./days";
import styles from "./HistoryPage.module.css";
import { HistoryDay } from "./HistoryDay";
import { MoreWhenNear } from "./MoreWhenNear";

/** What one heard, day by day. */
export function HistoryPage() {
  const { t } = useTranslation("history");
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(historyQuery);
  useTitle(t("title"));
  const days = useMemo(() => groupByDay(data?.pages.flatMap(({ listens }) => listens) ?? []), [data]);

  if (data !== undefined && days.length === 0) {
    return (
      <EmptyState
        title={t("none.title")}
        lead={t("none.lead")}
        actions={
          <Link to={"/songs" as string} className={buttonClass({ kind: "primary" })}>
            {t("none.action")}
          </Link>
        }
      />
    );
  }
  return (
    <div className={styles["page"]}>
      <h1>{t("title")}</h1>
      {data === undefined && error === null && <SkeletonRows />}
      {days.map((day) => (
        <HistoryDay key={day.key} day={day} />
      ))}
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {isFetchingNextPage && <SkeletonRows count={3} />}
      {hasNextPage && error === null && !isFetchingNextPage && (
        <MoreWhenNear onNear={() => void fetchNextPage()} label={t("more")} />
      )}
    </div>
  );
}
