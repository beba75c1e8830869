import { useTranslation } from "react-i18next";

import type { ScanState } from "@/api/types";
import { formatUptime } from "@/lib/since";
import { ProgressBar } from "@/ui/ProgressBar";

import styles from "./admin.module.css";
import { useAmounts } from "./useAmounts";

const MINUTE = 60;

/** What a running scan is at: the folder, how much of the library's new files is read, how long the rest will take. */
export function ScanReading({ reading }: { reading: NonNullable<ScanState["reading"]> }) {
  const { t, i18n } = useTranslation("admin");
  const { number } = useAmounts();
  const { library, folder, done, total, secondsLeft } = reading;
  const left = () => {
    if (secondsLeft === null) return null;
    if (secondsLeft < MINUTE) return t("scan.almost");
    return t("scan.left", { time: formatUptime(secondsLeft, i18n.language) });
  };
  return (
    <div className={styles["reading"]}>
      <p>
        <bdi>{folder === "." ? library : `${library}/${folder}`}</bdi>
        <span>{left()}</span>
      </p>
      <ProgressBar label={t("scan.progress", { library })} value={total === 0 ? 1 : done / total} />
      <p className={styles["second"]}>{t("scan.doneOf", { done: number(done), total: number(total) })}</p>
    </div>
  );
}
