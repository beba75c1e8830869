import { useTranslation } from "react-i18next";

import type { ScanState } from "@/api/types";
import { formatNumber } from "@/lib/format";

import styles from "./admin.module.css";
import { useScanRate } from "./useScanRate";

const COUNTS = ["seen", "added", "updated", "missing", "failed"] as const;

export function ScanCounts({ scan, at }: { scan: ScanState; at: number }) {
  const { t, i18n } = useTranslation("admin");
  const rate = useScanRate(scan, at);
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <dl className={styles["counts"]}>
      {COUNTS.map((count) => (
        <div key={count}>
          <dt>{t(`scan.${count}`)}</dt>
          <dd>{number(scan[count])}</dd>
        </div>
      ))}
      <div>
        <dt>{t("scan.rate")}</dt>
        <dd>{rate === null ? "–" : number(rate)}</dd>
      </div>
    </dl>
  );
}
