import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { albumQuery, setAlbumLiked } from "@/api/albums";
import type { Song } from "@/api/types";
import type { AlbumActions } from "@/lib/albumLine";
import { toasts } from "@/lib/toasts";

import { songDialogs } from "./songDialogs";
import { isPlayable } from "./usePlayFrom";
import { usePlaySongs } from "./usePlaySongs";
import { useRate } from "./useRate";

/** What can be done with an album of which only the sleeve is in the page. */
export function useAlbumActions(): AlbumActions {
  const { t } = useTranslation(["player", "common"]);
  const queries = useQueryClient();
  const { play, shuffle, playNext, append } = usePlaySongs();
  const onSettled = () =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  const like = useMutation({
    mutationFn: ({ id, liked }: { id: number; liked: boolean }) => setAlbumLiked(id, liked),
    onError: () => toasts.push(t("likeFailed"), "fault"),
    onSettled,
  });
  const rate = useRate("album");
  const withSongs = async (id: number, act: (songs: Song[]) => void) => {
    try {
      act((await queries.fetchQuery(albumQuery(id))).songs);
    } catch {
      toasts.push(t("common:error.generic"), "fault");
    }
  };
  const withPlayable = (act: (songs: Song[]) => void) => (id: number) =>
    void withSongs(id, (songs) => act(songs.filter(isPlayable)));
  return {
    play: withPlayable(play),
    shuffle: withPlayable(shuffle),
    playNext: withPlayable(playNext),
    append: withPlayable(append),
    addToPlaylist: (id: number) =>
      void withSongs(id, (songs) => songDialogs.show({ kind: "addToPlaylist", songs })),
    like: (id: number, liked: boolean) => like.mutate({ id, liked }),
    rate: (id: number, rating: number) => rate.mutate({ id, rating }),
  };
}
