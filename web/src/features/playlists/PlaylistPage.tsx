import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { playlistQuery } from "@/api/playlists";
import { useTitle } from "@/hooks/useTitle";
import { ErrorState } from "@/ui/ErrorState";
import { ListFault } from "@/ui/ListFault";

import { NoEntries } from "./NoEntries";
import { PlaylistHead } from "./PlaylistHead";
import { PlaylistSongs } from "./PlaylistSongs";
import { PlaylistTape } from "./PlaylistTape";
import { PlaylistWaiting } from "./PlaylistWaiting";

const route = getRouteApi("/signed-in/playlists/$id");

/** One playlist: what it is, its tape, its songs. */
export function PlaylistPage() {
  const { t } = useTranslation(["playlists", "common"]);
  const id = Number(route.useParams().id);
  const { data, error, refetch } = useQuery({
    ...playlistQuery(id),
    enabled: Number.isSafeInteger(id) && id > 0,
  });
  useTitle(data?.playlist.name ?? t("title"));

  const gone = !(id > 0) || (error instanceof ApiError && error.status === 404);
  if (gone) return <ErrorState icon="library" title={t("gone")} hint={t("goneHint")} />;
  if (data === undefined)
    return error === null ? <PlaylistWaiting /> : <ListFault error={error} onRetry={() => void refetch()} />;
  const { playlist, songs } = data;
  return (
    <div>
      <PlaylistHead playlist={playlist} songs={songs} />
      {songs.length === 0 ? (
        <NoEntries mine={playlist.mine} />
      ) : (
        <>
          <PlaylistTape songs={songs} />
          <PlaylistSongs playlist={playlist} songs={songs} />
        </>
      )}
    </div>
  );
}
