import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { addToPlaylist, createPrivatePlaylist } from "@/api/playlistSongs";
import type { Playlist, Song } from "@/api/types";
import { toasts } from "@/lib/toasts";

/** How many songs one request may add. */
const MOST_AT_ONCE = 1000;

export interface Target {
  readonly playlist: Pick<Playlist, "id" | "name">;
  readonly allowDuplicates: boolean;
}

/** Adds the songs to a playlist, or to a new one. A conflict is told by `conflict`: the same target, to ask again. */
export function useAddToPlaylist(songs: readonly Pick<Song, "id">[], onAdded: () => void) {
  const { t } = useTranslation("songDialogs");
  const queries = useQueryClient();
  const ids = songs.map((song) => song.id);

  const added = async (name: string) => {
    toasts.push(t("add.done", { count: ids.length, name }));
    onAdded();
    await queries.invalidateQueries({ queryKey: ["playlists"] });
  };
  const send = async ({ playlist, allowDuplicates }: Target) => {
    for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
      await addToPlaylist(playlist.id, ids.slice(from, from + MOST_AT_ONCE), allowDuplicates || from > 0);
    }
    return playlist.name;
  };
  const add = useMutation({ mutationFn: send, onSuccess: added });
  const create = useMutation({
    mutationFn: async (name: string) =>
      send({ playlist: await createPrivatePlaylist(name), allowDuplicates: true }),
    onSuccess: added,
  });
  const conflict = isConflict(add.error) ? add.variables : undefined;
  const failure = create.error ?? (conflict === undefined ? add.error : null);
  return { add, create, conflict, failure, busy: add.isPending || create.isPending };
}

function isConflict(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 409;
}
