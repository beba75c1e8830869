import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { albumQuery } from "@/api/albums";
import type { Album, Song } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useTitle } from "@/hooks/useTitle";
import { ListFault } from "@/ui/ListFault";
import { NoneHere } from "@/ui/NoneHere";
import { Tape } from "@/ui/Tape";

import { AlbumHero } from "./AlbumHero";
import { AlbumTracks } from "./AlbumTracks";
import { AlbumWaiting } from "./AlbumWaiting";

const route = getRouteApi("/signed-in/albums/$id");

/** One album: its sleeve, its tape, its songs. */
export function AlbumPage() {
  const { t } = useTranslation("albums");
  const id = Number(route.useParams().id);
  const { data, error, refetch } = useQuery(albumQuery(id));
  useTitle(data?.album.title);
  if (data !== undefined) return <LoadedAlbum album={data.album} songs={data.songs} />;
  if (error === null) return <AlbumWaiting />;
  if ("status" in error && (error.status === 404 || error.status === 400))
    return <NoneHere title={t("gone")} hint={t("goneHint")} />;
  return <ListFault error={error} onRetry={() => void refetch()} />;
}

function LoadedAlbum({ album, songs }: { album: Album; songs: Song[] }) {
  const { t } = useTranslation("albums");
  const player = usePlayerCommands();
  const playFrom = usePlayFrom();
  const now = useNowPlaying();
  const playAt = (index: number, from: number) => {
    const song = songs[index];
    if (song !== undefined && song.id === now?.id) player.seek(from * now.duration);
    else playFrom(songs, index);
  };
  return (
    <>
      <AlbumHero album={album} songs={songs} now={now} />
      <Tape label={t("tape")} songs={songs} now={now} onPlay={playAt} />
      <AlbumTracks album={album} songs={songs} now={now} onPlay={(index) => playFrom(songs, index)} />
    </>
  );
}
