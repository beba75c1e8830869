import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { fetchArtists } from "@/api/artists";
import { artistLettersQuery } from "@/api/letters";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { useScroller } from "@/hooks/ScrollerContext";
import { usePagedList } from "@/hooks/usePagedList";
import { useTitle } from "@/hooks/useTitle";
import { omit } from "@/lib/omit";
import { Lettered } from "@/ui/Lettered";
import { ListFault } from "@/ui/ListFault";
import { LongList } from "@/ui/LongList";
import type { ListHandle } from "@/ui/useVirtualRows";

import { ArtistRow } from "./ArtistRow";
import { ArtistsHead } from "./ArtistsHead";
import type { ArtistSearch } from "./artistSearch";
import { letterOf } from "./letter";
import { NoArtists } from "./NoArtists";

const route = getRouteApi("/signed-in/artists");
const ROW_HEIGHT = 56;
const WAITING_ROWS = 24;

/** Everybody in the library; sorted by name, a letter stands where it begins. */
export function ArtistsPage() {
  const { t } = useTranslation(["artists", "shell"]);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scroller = useScroller();
  const phone = useMediaQuery(PHONE);
  const handle = useRef<ListHandle>(null);
  const [first, setFirst] = useState(0);
  const filter = { ...search, sort: search.sort ?? ("name" as const) };
  const list = usePagedList(["artists", "list", filter], (place, signal) =>
    fetchArtists(filter, place, signal),
  );
  const name = filter.sort === "name" || filter.sort === "-name" ? filter.sort : undefined;
  const { data: letters } = useQuery({
    ...artistLettersQuery(omit(filter, "sort"), name ?? "name"),
    enabled: name !== undefined && !phone,
  });
  useTitle(t("title"));
  const filtered = search.liked !== undefined;

  const change = (next: ArtistSearch) => {
    scroller.current?.scrollTo({ top: 0 });
    void navigate({ to: ".", search: next, replace: true });
  };
  const letterAt = (index: number) => {
    const artist = list.at(index);
    return artist === undefined || name === undefined ? null : letterOf(artist.sortName || artist.name);
  };
  const row = (index: number) => {
    const letter = letterAt(index);
    const begins = letter !== null && (index === 0 || letterAt(index - 1) !== letter);
    return <ArtistRow artist={list.at(index)} letter={begins ? letter : null} />;
  };
  return (
    <div>
      <ArtistsHead total={list.total} search={search} onChange={change} />
      {list.error !== null && <ListFault error={list.error} onRetry={list.retry} />}
      {list.total === 0 ? (
        <NoArtists filtered={filtered} />
      ) : (
        <Lettered
          letters={name === undefined ? undefined : (letters?.letters ?? [])}
          total={list.total ?? 0}
          first={first}
          scroller={scroller}
          onJump={(offset) => handle.current?.showFirst(offset)}
        >
          <LongList
            label={t("title")}
            count={list.total ?? (list.error === null ? WAITING_ROWS : 0)}
            rowHeight={ROW_HEIGHT}
            scroller={scroller}
            row={row}
            onRange={list.onRange}
            onFirst={setFirst}
            handle={handle}
          />
        </Lettered>
      )}
    </div>
  );
}
