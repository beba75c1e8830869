import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { analysisQuery } from "@/api/analysis";
import type { Analysis } from "@/api/types";
import { ListFault } from "@/ui/ListFault";
import { ProgressBar } from "@/ui/ProgressBar";

import styles from "./admin.module.css";
import { AnalysisFailures } from "./AnalysisFailures";
import { useAmounts } from "./useAmounts";
import { useTimeLeft } from "./useTimeLeft";

/** How far the songs are measured: their exact length, loudness and wave. */
export function AnalysisCard() {
  const { t } = useTranslation("admin");
  const { data, error, refetch } = useQuery(analysisQuery);
  return (
    <section className={styles["section"]} aria-label={t("analysis.title")}>
      <h2>{t("analysis.title")}</h2>
      <p className={styles["about"]}>{t("analysis.about")}</p>
      {error !== null && data === undefined && <ListFault error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Progress analysis={data} />}
      {data !== undefined && data.failed > 0 && <AnalysisFailures />}
    </section>
  );
}

function Progress({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation("admin");
  const { number } = useAmounts();
  const left = useTimeLeft(analysis.secondsLeft);
  const { enabled, running, total, done, failed, pending, perSecond } = analysis;
  const state = () => {
    if (!enabled) return t("analysis.off");
    if (pending === 0) return t("analysis.done");
    return t(running ? "analysis.running" : "analysis.waiting");
  };
  const counts = [
    { term: t("analysis.measured"), text: number(done) },
    { term: t("analysis.pending"), text: number(pending) },
    { term: t("scan.failed"), text: number(failed) },
    { term: t("scan.rate"), text: running ? perSecond.toFixed(1) : "–" },
  ];
  return (
    <>
      <div className={styles["reading"]}>
        <p>
          <span>{state()}</span>
          <span>{pending > 0 && left}</span>
        </p>
        <ProgressBar label={t("analysis.progress")} value={total === 0 ? 0 : (done + failed) / total} />
      </div>
      <dl className={styles["counts"]}>
        {counts.map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
