import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { SCAN_ERRORS, scanQuery, startScan, stopScan } from "@/api/admin";
import { ApiError } from "@/api/error";
import { Button } from "@/ui/Button";
import { ListFault } from "@/ui/ListFault";

import styles from "./admin.module.css";
import { Follows } from "./Follows";
import { ScanCounts } from "./ScanCounts";
import { ScanErrors } from "./ScanErrors";
import { ScanReading } from "./ScanReading";
import { useScanText } from "./useScanText";

/** Reading the library folders: begin, stop, and what it has found so far. */
export function ScanCard() {
  const { t } = useTranslation("admin");
  const queries = useQueryClient();
  const { data: scan, error, refetch } = useQuery(scanQuery);
  const become = useMutation({
    mutationFn: (run: boolean) => (run ? startScan() : stopScan()),
    onSuccess: (state) => queries.setQueryData(scanQuery.queryKey, state),
    onError: () => queries.invalidateQueries(scanQuery),
  });
  const running = scan?.running === true;
  const finishedAt = scan?.finishedAt ?? null;
  useEffect(() => {
    // A scan that ended has changed what every list shows.
    if (finishedAt === null) return;
    void queries.invalidateQueries({ queryKey: SCAN_ERRORS });
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) => first !== "session" && first !== "admin",
    });
  }, [queries, finishedAt]);

  const when = useScanText(scan);
  const refusal = become.error instanceof ApiError ? become.error.message : become.error?.message;
  return (
    <section aria-label={t("scan.title")}>
      <div className={styles["head"]}>
        <div>
          <h1>{t("scan.title")}</h1>
          <p className={styles["about"]} role="status">
            {when}
          </p>
        </div>
        {running ? (
          <Button disabled={become.isPending} onClick={() => become.mutate(false)}>
            {t("scan.stop")}
          </Button>
        ) : (
          <Button
            kind="primary"
            icon="folder"
            disabled={become.isPending || scan === undefined}
            onClick={() => become.mutate(true)}
          >
            {t("scan.start")}
          </Button>
        )}
      </div>
      {refusal !== undefined && (
        <p className={styles["fault"]} role="alert">
          {refusal}
        </p>
      )}
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {scan !== undefined && (
        <>
          {running && <ScanReading scan={scan} />}
          <ScanCounts scan={scan} />
          <ScanErrors />
          <Follows follows={scan.follows} />
        </>
      )}
    </section>
  );
}
