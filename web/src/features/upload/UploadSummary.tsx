import { useTranslation } from "react-i18next";

import { type SongUpload, uploads } from "@/hooks/uploads";
import { formatNumber } from "@/lib/format";
import { isOpen, shareSent } from "@/lib/uploadQueue";
import { Button } from "@/ui/Button";
import { ProgressBar } from "@/ui/ProgressBar";

import styles from "./UploadPage.module.css";

/** How far all of it is, and what can be done with all of it. */
export function UploadSummary({ list }: { list: readonly SongUpload[] }) {
  const { t, i18n } = useTranslation("upload");
  const count = (...kinds: SongUpload["state"]["kind"][]) =>
    list.filter(({ state }) => kinds.includes(state.kind)).length;
  const here = count("done", "duplicate");
  const refused = count("refused");
  const open = list.filter(isOpen).length;
  const total = here + refused + open;
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <section className={styles["summary"]} aria-label={t("total")}>
      <p className={styles["counts"]} role="status">
        <b>{t("arrived", { here: number(here), total: number(total) })}</b>
        {refused > 0 && <span>{t("refusedCount", { count: refused })}</span>}
      </p>
      <div className={styles["tools"]}>
        {refused > 0 && (
          <Button small onClick={() => uploads.retry()}>
            {t("retryAll")}
          </Button>
        )}
        {open > 0 ? (
          <Button small onClick={() => uploads.cancelAll()}>
            {t("cancelAll")}
          </Button>
        ) : (
          <Button small onClick={() => uploads.clearEnded()}>
            {t("clear")}
          </Button>
        )}
      </div>
      <div className={styles["bar"]}>
        <ProgressBar label={t("total")} value={shareSent(list)} />
      </div>
    </section>
  );
}
