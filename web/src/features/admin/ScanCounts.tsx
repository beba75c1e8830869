import { useTranslation } from "react-i18next";

import type { ScanState } from "@/api/types";

import styles from "./admin.module.css";
import { useAmounts } from "./useAmounts";

const COUNTS = ["seen", "read", "added", "updated", "missing", "failed"] as const;

/** What the scan has found so far, and how fast it is. */
export function ScanCounts({ scan }: { scan: ScanState }) {
  const { t } = useTranslation("admin");
  const { number } = useAmounts();
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
        <dd>{scan.perSecond === null ? "–" : number(Math.round(scan.perSecond))}</dd>
      </div>
    </dl>
  );
}
