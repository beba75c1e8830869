import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { allSessionsQuery, endAnySession } from "@/api/members";
import { useTitle } from "@/hooks/useTitle";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import styles from "./audit.module.css";
import { HouseSessionRow } from "./HouseSessionRow";

/** Where everybody is signed in, newest first. */
export function AllSessionsPage() {
  const { t } = useTranslation("audit");
  const queries = useQueryClient();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(allSessionsQuery);
  useTitle(t("sessions.title"));
  const end = useMutation({
    mutationFn: endAnySession,
    onSuccess: () => toasts.push(t("sessions.ended")),
    onError: () => toasts.push(t("sessions.notEnded"), "fault"),
    onSettled: () => queries.invalidateQueries(allSessionsQuery),
  });
  return (
    <>
      <h1>{t("sessions.title")}</h1>
      <p className={styles["about"]}>{t("sessions.about")}</p>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={4} cover={28} />}
      <ul className={styles["list"]} aria-label={t("sessions.title")}>
        {data?.pages
          .flatMap(({ sessions }) => sessions)
          .map((session) => (
            <li key={session.id} className={styles["row"]}>
              <HouseSessionRow session={session} busy={end.isPending} onEnd={() => end.mutate(session.id)} />
            </li>
          ))}
      </ul>
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
