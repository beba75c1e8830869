import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { albumShelfQuery } from "@/api/albums";
import { stoppedQuery } from "@/api/stopped";
import { songShelfQuery } from "@/api/songs";
import { useTitle } from "@/hooks/useTitle";
import { ListFault } from "@/ui/ListFault";

import { AlbumShelf } from "./AlbumShelf";
import { EmptyHome } from "./EmptyHome";
import { HomeWaiting } from "./HomeWaiting";
import { MostPlayed } from "./MostPlayed";
import { Resume } from "./Resume";

/** Two lines of sleeves on a phone are scrolled, on wide screens six stand in one. */
const SHELF = 12;
const MOST = 8;
/** Enough of the last songs to find the albums of a shelf among them. */
const LAST_SONGS = 48;

/** What one was doing, then what there is. */
export function HomePage() {
  const { t } = useTranslation(["home", "shell"]);
  useTitle(t("shell:nav.home"));
  const [stopped, last, heard, added, most] = useQueries({
    queries: [
      stoppedQuery,
      albumShelfQuery({ sort: "-lastPlayed" }, SHELF),
      songShelfQuery({ sort: "-lastPlayed" }, LAST_SONGS),
      albumShelfQuery({ sort: "-createdAt" }, SHELF),
      songShelfQuery({ sort: "-plays" }, MOST),
    ],
  });
  const shelves = [last, heard, added, most];
  const error = shelves.find((shelf) => shelf.error !== null)?.error ?? null;
  const retry = () => shelves.forEach((shelf) => shelf.isError && void shelf.refetch());

  if (error === null && (stopped.isPending || shelves.some((shelf) => shelf.isPending)))
    return <HomeWaiting />;
  if (error === null && most.data?.total === 0) return <EmptyHome />;
  const played = most.data?.songs.filter((song) => song.plays > 0) ?? [];
  // The order "last played" ends with what was never played; one looks for that elsewhere.
  const heardAlbums = new Set(heard.data?.songs.map((song) => song.lastPlayed !== null && song.albumId));
  const back = last.data?.albums.filter((album) => heardAlbums.has(album.id));
  return (
    <div>
      <h1 className="sr">{t("shell:nav.home")}</h1>
      {error !== null && <ListFault error={error} onRetry={retry} />}
      {stopped.data?.song != null && <Resume state={stopped.data.state} song={stopped.data.song} />}
      <AlbumShelf title={t("jumpBack")} albums={back} sort="-lastPlayed" />
      <AlbumShelf title={t("added")} albums={added.data?.albums} sort="-createdAt" />
      {played.length > 0 && <MostPlayed songs={played} />}
    </div>
  );
}
