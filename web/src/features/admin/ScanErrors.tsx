import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { fetchScanErrors, SCAN_ERRORS } from "@/api/admin";
import { librariesQuery } from "@/api/libraries";
import { useScroller } from "@/hooks/ScrollerContext";
import { usePagedList } from "@/hooks/usePagedList";
import { formatNumber } from "@/lib/format";
import { LongList } from "@/ui/LongList";

import styles from "./admin.module.css";
import { ReasonRow } from "./ReasonRow";

const ROW_HEIGHT = 56;

/** The files that could not be read, and why: thousands of them, if need be. */
export function ScanErrors() {
  const { t, i18n } = useTranslation("admin");
  const scroller = useScroller();
  const list = usePagedList(SCAN_ERRORS, fetchScanErrors);
  const { data: libraries } = useQuery(librariesQuery);
  if (list.total === undefined || list.total === 0) return null;
  const title = t("errors.title", { count: list.total, number: formatNumber(list.total, i18n.language) });
  const row = (index: number) => {
    const fault = list.at(index);
    if (fault === undefined) return <ReasonRow />;
    const library = libraries?.find(({ id }) => id === fault.libraryId)?.name ?? "";
    const inside = fault.path.startsWith(`${library}/`) ? fault.path.slice(library.length + 1) : fault.path;
    return <ReasonRow of={library} what={inside || t("errors.whole")} reason={fault.reason} />;
  };
  return (
    <section className={styles["section"]} aria-label={title}>
      <h2>{title}</h2>
      <LongList
        label={title}
        count={list.total}
        rowHeight={ROW_HEIGHT}
        scroller={scroller}
        row={row}
        onRange={list.onRange}
      />
    </section>
  );
}
