import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { fetchSongs } from "@/api/songs";
import { useScroller } from "@/hooks/ScrollerContext";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePagedList } from "@/hooks/usePagedList";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import { useTitle } from "@/hooks/useTitle";
import { ListFault } from "@/ui/ListFault";
import { SelectionBar } from "@/ui/SelectionBar";
import { SongGrid } from "@/ui/SongGrid";
import type { SongSort } from "@/ui/songSort";

import { NoSongs } from "./NoSongs";
import { readSort, writeSort } from "./sortText";
import { SongsHead } from "./SongsHead";
import styles from "./SongsPage.module.css";
import { useSongSelection } from "./useSongSelection";

const route = getRouteApi("/signed-in/songs");

/** Every song of the library in one dense table. */
export function SongsPage() {
  const { t } = useTranslation("songs");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scroller = useScroller();
  const phone = useMediaQuery(PHONE);
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const actionsFor = useSongActions();
  const filter = { ...search, sort: search.sort ?? ("title" as const) };
  const list = usePagedList(["songs", "list", filter], (place, signal) => fetchSongs(filter, place, signal));
  const { selection, bar, onLetter } = useSongSelection(list);
  useTitle(t("title"));

  const change = (next: typeof search) => {
    scroller.current?.scrollTo({ top: 0 });
    selection.clear();
    void navigate({ to: ".", search: next, replace: true });
  };
  const sortBy = (sort: SongSort) => change({ ...search, sort: writeSort(sort) });
  const play = (index: number) => {
    const { items, first } = list.around(index);
    playFrom(items, index - first);
  };

  return (
    <>
      <div className={styles["page"]}>
        <SongsHead total={list.total} search={search} onChange={change} />
        {list.error !== null && <ListFault error={list.error} onRetry={list.retry} />}
        {list.total === 0 && <NoSongs filtered={Object.keys(search).some((key) => key !== "sort")} />}
        {list.total !== 0 && (
          <SongGrid
            label={t("title")}
            // Before the count is known, a view full of rows waits.
            count={list.total ?? (list.error === null ? WAITING_ROWS : 0)}
            songAt={list.at}
            onRange={list.onRange}
            scroller={scroller}
            phone={phone}
            sort={readSort(filter.sort)}
            onSort={sortBy}
            now={now}
            selection={selection}
            onPlay={play}
            actionsFor={actionsFor}
            onLetter={onLetter}
          />
        )}
      </div>
      {bar !== null && <SelectionBar {...bar} />}
    </>
  );
}

const WAITING_ROWS = 40;
