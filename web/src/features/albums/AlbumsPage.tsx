import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { fetchAlbums } from "@/api/albums";
import { albumLettersQuery } from "@/api/letters";
import { useScroller } from "@/hooks/ScrollerContext";
import { albumMenu } from "@/hooks/albumMenu";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { usePagedList } from "@/hooks/usePagedList";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { useTitle } from "@/hooks/useTitle";
import { omit } from "@/lib/omit";
import { AlbumCard } from "@/ui/AlbumCard";
import { CardWaiting } from "@/ui/CardWaiting";
import { Lettered } from "@/ui/Lettered";
import { ListFault } from "@/ui/ListFault";
import { LongGrid } from "@/ui/LongGrid";
import type { ListHandle } from "@/ui/useVirtualRows";

import type { AlbumSearch } from "./albumSearch";
import { AlbumsHead } from "./AlbumsHead";
import { NoAlbums } from "./NoAlbums";

const route = getRouteApi("/signed-in/albums");
const WAITING_CARDS = 24;
/** Title and second line below a sleeve. */
const TEXT_HEIGHT = 50;
/** Sorted by one of these, the albums have letters. */
const NAMES = ["title", "artist"] as const;

/** Every album as a sleeve. */
export function AlbumsPage() {
  const { t } = useTranslation("albums");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scroller = useScroller();
  const phone = useMediaQuery(PHONE);
  const playAlbum = usePlayAlbum();
  const handle = useRef<ListHandle>(null);
  const [first, setFirst] = useState(0);
  const filter = { ...search, sort: search.sort ?? ("title" as const) };
  const list = usePagedList(["albums", "list", filter], (place, signal) =>
    fetchAlbums(filter, place, signal),
  );
  const name = NAMES.find((known) => known === filter.sort);
  const { data: letters } = useQuery({
    ...albumLettersQuery(omit(filter, "sort"), name ?? "title"),
    enabled: name !== undefined && !phone,
  });
  useTitle(t("title"));

  const change = (next: AlbumSearch) => {
    scroller.current?.scrollTo({ top: 0 });
    void navigate({ to: ".", search: next, replace: true });
  };
  const cell = (index: number) => {
    const album = list.at(index);
    if (album === undefined) return <CardWaiting />;
    return <AlbumCard album={album} onPlay={(id) => void playAlbum(id)} />;
  };
  return (
    <div>
      <AlbumsHead total={list.total} search={search} onChange={change} />
      {list.error !== null && <ListFault error={list.error} onRetry={list.retry} />}
      {list.total === 0 ? (
        <NoAlbums filtered={Object.keys(search).some((key) => key !== "sort")} />
      ) : (
        <Lettered
          letters={name === undefined ? undefined : (letters?.letters ?? [])}
          total={list.total ?? 0}
          first={first}
          scroller={scroller}
          onJump={(offset) => handle.current?.showFirst(offset)}
        >
          <LongGrid
            label={t("title")}
            count={list.total ?? (list.error === null ? WAITING_CARDS : 0)}
            scroller={scroller}
            cell={cell}
            onRange={list.onRange}
            onFirst={setFirst}
            textHeight={TEXT_HEIGHT}
            handle={handle}
            onContext={(index, point) => albumMenu.show(list.at(index), point)}
          />
        </Lettered>
      )}
    </div>
  );
}
