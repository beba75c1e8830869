import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { fetchArtists } from "@/api/artists";
import { useScroller } from "@/hooks/ScrollerContext";
import { usePagedList } from "@/hooks/usePagedList";
import { useTitle } from "@/hooks/useTitle";
import { formatNumber } from "@/lib/format";
import { buttonClass } from "@/ui/buttonClass";
import { Icon } from "@/ui/Icon";
import { ListFault } from "@/ui/ListFault";
import { LongList } from "@/ui/LongList";
import { NoneHere } from "@/ui/NoneHere";

import { ArtistRow } from "./ArtistRow";
import styles from "./ArtistsPage.module.css";
import { letterOf } from "./letter";

const ROW_HEIGHT = 56;
const WAITING_ROWS = 24;

/** Everybody in the library by name; a letter stands where it begins. */
export function ArtistsPage() {
  const { t, i18n } = useTranslation(["artists", "shell"]);
  const scroller = useScroller();
  const list = usePagedList(["artists", "list"], fetchArtists);
  useTitle(t("title"));
  const letterAt = (index: number) => {
    const artist = list.at(index);
    return artist === undefined ? null : letterOf(artist.sortName || artist.name);
  };
  const row = (index: number) => {
    const letter = letterAt(index);
    const begins = letter !== null && (index === 0 || letterAt(index - 1) !== letter);
    return <ArtistRow artist={list.at(index)} letter={begins ? letter : null} />;
  };
  return (
    <div>
      <header className={styles["top"]}>
        <h1>{t("title")}</h1>
        <p className={styles["count"]} aria-live="polite">
          {list.total !== undefined &&
            t("count", { count: list.total, number: formatNumber(list.total, i18n.language) })}
        </p>
      </header>
      {list.error !== null && <ListFault error={list.error} onRetry={list.retry} />}
      {list.total === 0 ? (
        <NoneHere title={t("none")} hint={t("noneHint")}>
          <Link to={"/upload" as string} className={buttonClass({ kind: "primary" })}>
            <Icon name="upload" size={18} />
            {t("shell:addMusic")}
          </Link>
        </NoneHere>
      ) : (
        <LongList
          label={t("title")}
          count={list.total ?? (list.error === null ? WAITING_ROWS : 0)}
          rowHeight={ROW_HEIGHT}
          scroller={scroller}
          row={row}
          onRange={list.onRange}
        />
      )}
    </div>
  );
}
