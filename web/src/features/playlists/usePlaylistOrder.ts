import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { movePlaylistEntry, playlistQuery, playlistsQuery, removePlaylistEntry } from "@/api/playlists";
import type { Playlist, PlaylistSong } from "@/api/types";
import { toasts } from "@/lib/toasts";

type Edit = (revision: number) => Promise<Playlist>;

/**
 * Changes to a playlist's order: shown at once, sent one after the other, each with the revision the one before
 * it made. If somebody else changed the playlist meanwhile, what stands on the server is shown, and said.
 */
export function usePlaylistOrder(id: number) {
  const { t } = useTranslation("playlists");
  const queries = useQueryClient();
  const { queryKey } = playlistQuery(id);
  const read = () => queries.getQueryData(queryKey);
  const show = (songs: PlaylistSong[]) =>
    queries.setQueryData(queryKey, (known) => known && { ...known, songs, total: songs.length });

  const edit = useMutation({
    // Edits of one playlist wait for each other.
    scope: { id: `playlist ${id}` },
    mutationFn: (send: Edit) => send(read()?.playlist.revision ?? 0),
    onSuccess: (playlist) => {
      queries.setQueryData(queryKey, (known) => known && { ...known, playlist });
      void queries.invalidateQueries({ queryKey: playlistsQuery.queryKey, exact: true });
    },
    onError: (error) => {
      const conflict = error instanceof ApiError && error.status === 409;
      toasts.push(t(conflict ? "changedElsewhere" : "notSaved"), conflict ? "info" : "fault");
      return queries.invalidateQueries({ queryKey });
    },
  });

  return {
    /** Shows an entry at a place, without sending it yet. False if it stands there already. */
    order: (entryId: number, place: number): boolean => {
      const songs = read()?.songs ?? [];
      const moved = songs.find((song) => song.entryId === entryId);
      if (moved === undefined || songs[place]?.entryId === entryId) return false;
      void queries.cancelQueries({ queryKey });
      const others = songs.filter((song) => song !== moved);
      show([...others.slice(0, place), moved, ...others.slice(place)]);
      return true;
    },
    /** Sends where an entry stands now. */
    commit: (entryId: number): void => {
      const songs = read()?.songs ?? [];
      const place = songs.findIndex((song) => song.entryId === entryId);
      const before = songs[place + 1]?.entryId ?? null;
      if (place >= 0) edit.mutate((revision) => movePlaylistEntry(id, entryId, before, revision));
    },
    remove: ({ entryId, title }: PlaylistSong): void => {
      void queries.cancelQueries({ queryKey });
      show((read()?.songs ?? []).filter((song) => song.entryId !== entryId));
      edit.mutate((revision) => removePlaylistEntry(id, entryId, revision), {
        onSuccess: () => toasts.push(t("removed", { title })),
      });
    },
  };
}
