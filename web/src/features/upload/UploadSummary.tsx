import { useTranslation } from "react-i18next";

import { type SongUpload, uploads } from "@/hooks/uploads";
import { formatBytes, formatNumber, formatTime } from "@/lib/format";
import { sumUploads } from "@/lib/uploadSums";
import { Button } from "@/ui/Button";
import { ProgressBar } from "@/ui/ProgressBar";

import styles from "./UploadPage.module.css";

/** How far all of it is, and what can be done with all of it. */
export function UploadSummary({ list }: { list: readonly SongUpload[] }) {
  const { t, i18n } = useTranslation("upload");
  const { counts, total, sent, left } = sumUploads(list);
  const here = counts.done + counts.duplicate;
  const moving = counts.waiting + counts.sending + counts.reading;
  const files = here + counts.refused + moving + counts.paused;
  const number = (value: number) => formatNumber(value, i18n.language);
  const speed = counts.sending > 0 ? uploads.speed() : 0;
  return (
    <section className={styles["summary"]} aria-label={t("total")}>
      <p className={styles["counts"]} role="status">
        <b>{t("arrived", { here: number(here), total: number(files) })}</b>
        {counts.duplicate > 0 && <span>{t("duplicateCount", { count: counts.duplicate })}</span>}
        {counts.refused > 0 && <span>{t("refusedCount", { count: counts.refused })}</span>}
      </p>
      <div className={styles["tools"]}>
        {counts.refused > 0 && (
          <Button small onClick={() => uploads.retry()}>
            {t("retryAll")}
          </Button>
        )}
        {counts.paused > 0 && (
          <Button small icon="play" onClick={() => uploads.resume()}>
            {t("resumeAll")}
          </Button>
        )}
        {counts.waiting + counts.sending > 0 && (
          <Button small icon="pause" onClick={() => uploads.pause()}>
            {t("pauseAll")}
          </Button>
        )}
        {moving + counts.paused > 0 && (
          <Button small onClick={() => uploads.cancelAll()}>
            {t("cancelAll")}
          </Button>
        )}
        {list.length > moving + counts.paused && (
          <Button small onClick={() => uploads.clearEnded()}>
            {t("clear")}
          </Button>
        )}
      </div>
      <div className={styles["bar"]}>
        <ProgressBar label={t("total")} value={total === 0 ? 1 : sent / total} />
      </div>
      <p className={styles["pace"]}>
        <span>
          {t("bytes", { sent: formatBytes(sent, i18n.language), total: formatBytes(total, i18n.language) })}
        </span>
        {speed > 0 && (
          <span>
            {t("pace", { speed: formatBytes(speed, i18n.language), left: formatTime(left / speed) })}
          </span>
        )}
      </p>
    </section>
  );
}
