import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { fetchAlbums } from "@/api/albums";
import { useScroller } from "@/hooks/ScrollerContext";
import { usePagedList } from "@/hooks/usePagedList";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { useTitle } from "@/hooks/useTitle";
import { AlbumCard } from "@/ui/AlbumCard";
import { buttonClass } from "@/ui/buttonClass";
import { CardWaiting } from "@/ui/CardWaiting";
import { Icon } from "@/ui/Icon";
import { ListFault } from "@/ui/ListFault";
import { LongGrid } from "@/ui/LongGrid";
import { NoneHere } from "@/ui/NoneHere";

import type { AlbumSearch } from "./albumSearch";
import { AlbumsHead } from "./AlbumsHead";

const route = getRouteApi("/signed-in/albums");
const WAITING_CARDS = 24;
/** Title and second line below a sleeve. */
const TEXT_HEIGHT = 50;

/** Every album as a sleeve. */
export function AlbumsPage() {
  const { t } = useTranslation(["albums", "shell"]);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scroller = useScroller();
  const playAlbum = usePlayAlbum();
  const filter = { ...search, sort: search.sort ?? ("title" as const) };
  const list = usePagedList(["albums", "list", filter], (place, signal) =>
    fetchAlbums(filter, place, signal),
  );
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
  const filtered = search.genre !== undefined || search.liked !== undefined;
  return (
    <div>
      <AlbumsHead total={list.total} search={search} onChange={change} />
      {list.error !== null && <ListFault error={list.error} onRetry={list.retry} />}
      {list.total === 0 ? (
        <NoneHere title={t(filtered ? "noneFit" : "none")} hint={t(filtered ? "noneFitHint" : "noneHint")}>
          <Link
            to={(filtered ? "/albums" : "/upload") as string}
            className={buttonClass({ kind: "primary" })}
          >
            {!filtered && <Icon name="upload" size={18} />}
            {filtered ? t("showAll") : t("shell:addMusic")}
          </Link>
        </NoneHere>
      ) : (
        <LongGrid
          label={t("title")}
          count={list.total ?? (list.error === null ? WAITING_CARDS : 0)}
          scroller={scroller}
          cell={cell}
          onRange={list.onRange}
          textHeight={TEXT_HEIGHT}
        />
      )}
    </div>
  );
}
