import { useState } from "react";
import { useTranslation } from "react-i18next";

import { fetchMissing, MISSING_SONGS } from "@/api/admin";
import { useScroller } from "@/hooks/ScrollerContext";
import { usePagedList } from "@/hooks/usePagedList";
import { useTitle } from "@/hooks/useTitle";
import { formatNumber } from "@/lib/format";
import { Button } from "@/ui/Button";
import { ListFault } from "@/ui/ListFault";
import { LongList } from "@/ui/LongList";
import { NoneHere } from "@/ui/NoneHere";

import styles from "./admin.module.css";
import { CleanMissingDialog } from "./CleanMissingDialog";
import { MissingRow } from "./MissingRow";

const ROW_HEIGHT = 60;
const WAITING_ROWS = 8;

/** The songs whose files are gone: they come back by themselves, or are cleaned away here. */
export function MissingPage() {
  const { t, i18n } = useTranslation("admin");
  const scroller = useScroller();
  const list = usePagedList(MISSING_SONGS, fetchMissing);
  /** Which song is asked about, or all of them. */
  const [asked, setAsked] = useState<number | "all" | null>(null);
  useTitle(t("missing.title"));
  const total = list.total;
  const meant = asked === null || asked === "all" ? undefined : list.at(asked);
  return (
    <section aria-label={t("missing.title")}>
      <div className={styles["head"]}>
        <div>
          <h1>{t("missing.title")}</h1>
          <p className={styles["about"]}>{t("missing.about")}</p>
        </div>
        {total !== undefined && total > 0 && (
          <Button icon="trash" onClick={() => setAsked("all")}>
            {t("missing.cleanAll", { count: total, number: formatNumber(total, i18n.language) })}
          </Button>
        )}
      </div>
      {list.error !== null && <ListFault error={list.error} onRetry={list.retry} />}
      {total === 0 ? (
        <NoneHere title={t("missing.none")} hint={t("missing.noneHint")} />
      ) : (
        <LongList
          label={t("missing.title")}
          count={total ?? (list.error === null ? WAITING_ROWS : 0)}
          rowHeight={ROW_HEIGHT}
          scroller={scroller}
          row={(index) => <MissingRow song={list.at(index)} onClean={() => setAsked(index)} />}
          onRange={list.onRange}
        />
      )}
      {(asked === "all" || meant !== undefined) && (
        <CleanMissingDialog song={meant ?? null} total={total ?? 0} onClose={() => setAsked(null)} />
      )}
    </section>
  );
}
