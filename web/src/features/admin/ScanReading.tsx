import { useTranslation } from "react-i18next";

import type { ScanState } from "@/api/types";
import { ProgressBar } from "@/ui/ProgressBar";

import styles from "./admin.module.css";
import { useAmounts } from "./useAmounts";
import { useTimeLeft } from "./useTimeLeft";

/** What a running scan is at: the folder, how much of the new files is read, how long the rest will take. */
export function ScanReading({ scan }: { scan: ScanState }) {
  const { t } = useTranslation("admin");
  const { number } = useAmounts();
  const left = useTimeLeft(scan.secondsLeft);
  const { reading, read, total } = scan;
  return (
    <div className={styles["reading"]}>
      <p>
        <bdi>
          {reading === undefined
            ? t("scan.looking")
            : reading.folder === "."
              ? reading.library
              : `${reading.library}/${reading.folder}`}
        </bdi>
        <span>{left}</span>
      </p>
      <ProgressBar label={t("scan.progress")} value={total === 0 ? 0 : Math.min(read / total, 1)} />
      <p className={styles["second"]}>{t("scan.doneOf", { done: number(read), total: number(total) })}</p>
    </div>
  );
}
