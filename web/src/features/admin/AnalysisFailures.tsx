import { useTranslation } from "react-i18next";

import { ANALYSIS_FAILURES, fetchAnalysisFailures } from "@/api/analysis";
import { useScroller } from "@/hooks/ScrollerContext";
import { usePagedList } from "@/hooks/usePagedList";
import { LongList } from "@/ui/LongList";

import styles from "./admin.module.css";
import { ReasonRow } from "./ReasonRow";

const ROW_HEIGHT = 56;

/** The songs that could not be measured, and why. */
export function AnalysisFailures() {
  const { t } = useTranslation("admin");
  const scroller = useScroller();
  const list = usePagedList(ANALYSIS_FAILURES, fetchAnalysisFailures);
  const row = (index: number) => {
    const failure = list.at(index);
    if (failure === undefined) return <ReasonRow />;
    const { title, artist, songId, reason } = failure;
    const what = title === "" ? t("analysis.hidden", { id: songId }) : title;
    return <ReasonRow of={artist} what={what} reason={reason} />;
  };
  return (
    <div className={styles["failures"]}>
      <h3 className={styles["group"]}>{t("analysis.failures")}</h3>
      <LongList
        label={t("analysis.failures")}
        count={list.total ?? 0}
        rowHeight={ROW_HEIGHT}
        scroller={scroller}
        row={row}
        onRange={list.onRange}
      />
    </div>
  );
}
