import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { artistQuery } from "@/api/artists";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { useTitle } from "@/hooks/useTitle";
import { AlbumCard } from "@/ui/AlbumCard";
import { ListFault } from "@/ui/ListFault";
import { NoneHere } from "@/ui/NoneHere";
import { Shelf } from "@/ui/Shelf";

import { ArtistHero } from "./ArtistHero";
import styles from "./ArtistsPage.module.css";
import { ArtistWaiting } from "./ArtistWaiting";
import { TopSongs } from "./TopSongs";

const route = getRouteApi("/signed-in/artists/$id");

/** One artist: what one plays most of theirs, and all albums. */
export function ArtistPage() {
  const { t } = useTranslation("artists");
  const id = Number(route.useParams().id);
  const { data, error, refetch } = useQuery(artistQuery(id));
  const playAlbum = usePlayAlbum();
  useTitle(data?.artist.name);
  if (data === undefined) {
    if (error === null) return <ArtistWaiting />;
    if ("status" in error && (error.status === 404 || error.status === 400))
      return <NoneHere title={t("gone")} hint={t("goneHint")} />;
    return <ListFault error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div>
      <ArtistHero artist={data.artist} songs={data.topSongs} />
      <TopSongs songs={data.topSongs} />
      {data.albums.length > 0 && (
        <Shelf title={t("albums")}>
          <ul className={styles["grid"]}>
            {data.albums.map((album) => (
              <li key={album.id}>
                <AlbumCard album={album} second="year" onPlay={(one) => void playAlbum(one)} />
              </li>
            ))}
          </ul>
        </Shelf>
      )}
    </div>
  );
}
