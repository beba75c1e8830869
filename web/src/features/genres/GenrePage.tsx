import { useQueries } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { albumShelfQuery } from "@/api/albums";
import { songShelfQuery } from "@/api/songs";
import { albumMenu } from "@/hooks/albumMenu";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { useTitle } from "@/hooks/useTitle";
import { AlbumCard } from "@/ui/AlbumCard";
import { ListFault } from "@/ui/ListFault";
import { NoneHere } from "@/ui/NoneHere";
import { CardLine, Shelf } from "@/ui/Shelf";
import { SkeletonCards } from "@/ui/Skeleton";
import { Title } from "@/ui/Title";
import { useContextPress } from "@/ui/useContextPress";

import { GenreSongs } from "./GenreSongs";
import styles from "./GenresPage.module.css";

const route = getRouteApi("/signed-in/genres/$name");
const ALBUMS = 12;
const SONGS = 20;

/** One genre: albums, and the songs one plays most. */
export function GenrePage() {
  const { t } = useTranslation(["genres", "common"]);
  const genre = route.useParams().name;
  const playAlbum = usePlayAlbum();
  useTitle(genre);
  const [albums, songs] = useQueries({
    queries: [
      albumShelfQuery({ genre, sort: "-plays" }, ALBUMS),
      songShelfQuery({ genre, sort: "-plays" }, SONGS),
    ],
  });
  const press = useContextPress({ onContext: (at, point) => albumMenu.show(albums.data?.albums[at], point) });
  const error = albums.error ?? songs.error;
  const retry = () => [albums, songs].forEach((part) => part.isError && void part.refetch());
  const all = (to: string, name: string) => (
    <Link to={to} search={{ genre } as never} aria-label={t("allOf", { name, genre })}>
      {t("all")}
    </Link>
  );
  return (
    <div>
      <p className={styles["kind"]}>{t("genre")}</p>
      <h1 className={styles["title"]}>
        <Title>{genre}</Title>
      </h1>
      <p className={styles["count"]}>
        {songs.data === undefined ? "\u00a0" : t("common:count.songs", { count: songs.data.total })}
      </p>
      {error !== null && <ListFault error={error} onRetry={retry} />}
      {error === null && songs.data === undefined && <SkeletonCards count={6} />}
      {songs.data?.total === 0 && <NoneHere title={t("empty")} hint={t("emptyHint")} />}
      {albums.data !== undefined && albums.data.albums.length > 0 && (
        <Shelf title={t("albums")} more={all("/albums", t("albums"))}>
          <CardLine press={press}>
            {albums.data.albums.map((album, at) => (
              <li key={album.id} data-at={at}>
                <AlbumCard album={album} onPlay={(id) => void playAlbum(id)} />
              </li>
            ))}
          </CardLine>
        </Shelf>
      )}
      {songs.data !== undefined && songs.data.songs.length > 0 && (
        <Shelf title={t("songs")} more={all("/songs", t("songs"))}>
          <GenreSongs songs={songs.data.songs} />
        </Shelf>
      )}
    </div>
  );
}
