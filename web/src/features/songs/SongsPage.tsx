import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { fetchSongs } from "@/api/songs";
import { useScroller } from "@/hooks/ScrollerContext";
import { usePagedList } from "@/hooks/usePagedList";
import { useSongSelection } from "@/hooks/useSongSelection";
import { useTitle } from "@/hooks/useTitle";
import { ListFault } from "@/ui/ListFault";
import { SelectionBar } from "@/ui/SelectionBar";

import { NoSongs } from "./NoSongs";
import { isNarrowed, type SongSearch } from "./songSearch";
import { SongsHead } from "./SongsHead";
import styles from "./SongsPage.module.css";
import { SongsTable } from "./SongsTable";

const route = getRouteApi("/signed-in/songs");

/** Every song of the library in one dense table. */
export function SongsPage() {
  const { t } = useTranslation("songs");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scroller = useScroller();
  const filter = { ...search, sort: search.sort ?? ("title" as const) };
  const list = usePagedList(["songs", "list", filter], (place, signal) => fetchSongs(filter, place, signal));
  const choice = useSongSelection(list);
  const narrowed = isNarrowed(search);
  useTitle(t("title"));

  const change = (next: SongSearch) => {
    scroller.current?.scrollTo({ top: 0 });
    choice.selection.clear();
    void navigate({ to: ".", search: next, replace: true });
  };
  return (
    <>
      <div className={styles["page"]}>
        <SongsHead total={list.total} search={search} onChange={change} />
        {list.error !== null && <ListFault error={list.error} onRetry={list.retry} />}
        {list.total === 0 && <NoSongs filtered={narrowed} />}
        {list.total !== 0 && !(list.total === undefined && list.error !== null) && (
          <SongsTable
            filter={filter}
            list={list}
            choice={choice}
            onSort={(sort) => change({ ...search, sort })}
          />
        )}
      </div>
      {choice.bar !== null && <SelectionBar {...choice.bar} />}
    </>
  );
}
