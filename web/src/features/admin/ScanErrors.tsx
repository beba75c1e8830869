import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { scanErrorsQuery } from "@/api/admin";
import { librariesQuery } from "@/api/libraries";
import { Button } from "@/ui/Button";

import styles from "./admin.module.css";
import { ScanFaults } from "./ScanFaults";

/** The files that could not be read, and why, library by library. */
export function ScanErrors() {
  const { t } = useTranslation("admin");
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(scanErrorsQuery);
  const { data: libraries } = useQuery(librariesQuery);
  const total = data?.pages[0]?.total ?? 0;
  if (data === undefined || total === 0) return null;
  const faults = data.pages.flatMap(({ errors }) => errors);
  const ids = [...new Set(faults.map(({ libraryId }) => libraryId))];
  const name = (id: number) => libraries?.find((library) => library.id === id)?.name ?? "";
  return (
    <section className={styles["section"]} aria-label={t("errors.title", { count: total })}>
      <h2>{t("errors.title", { count: total })}</h2>
      {ids.map((id) => (
        <ScanFaults key={id} library={name(id)} faults={faults.filter(({ libraryId }) => libraryId === id)} />
      ))}
      {hasNextPage && (
        <div className={styles["more"]}>
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("errors.more", { count: total - faults.length })}
          </Button>
        </div>
      )}
    </section>
  );
}
