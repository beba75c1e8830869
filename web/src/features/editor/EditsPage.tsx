import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { editsQuery } from "@/api/edits";
import { useSession } from "@/hooks/useSession";
import { useTitle } from "@/hooks/useTitle";
import { Button } from "@/ui/Button";
import { ListFault } from "@/ui/ListFault";
import { NoneHere } from "@/ui/NoneHere";
import { SkeletonRows } from "@/ui/Skeleton";

import { EditRow } from "./EditRow";
import styles from "./EditsPage.module.css";

/** The edits that can be taken back: one's own, and for an admin everybody's. */
export function EditsPage() {
  const { t } = useTranslation("editor");
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(editsQuery);
  const admin = useSession()?.role === "admin";
  const title = t(admin ? "edits.all" : "edits.title");
  useTitle(title);
  const edits = data?.pages.flatMap((page) => page.edits) ?? [];
  return (
    <div className={styles["page"]}>
      <h1>{title}</h1>
      {data !== undefined && edits.length === 0 && (
        <NoneHere title={t("edits.none")} hint={t("edits.noneHint")} />
      )}
      {data === undefined && error === null && <SkeletonRows />}
      <ul>
        {edits.map((edit) => (
          <EditRow key={edit.id} edit={edit} named={admin} />
        ))}
      </ul>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("edits.more")}
        </Button>
      )}
    </div>
  );
}
