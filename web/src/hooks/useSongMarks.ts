import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { patchSongs } from "@/api/patchSongs";
import { rateSong, setSongLiked } from "@/api/songs";
import type { Song } from "@/api/types";
import { inTurns } from "@/lib/inTurns";
import { toasts } from "@/lib/toasts";

import { usePlayerCommands } from "./PlayerContext";

type Mark = { readonly liked: boolean } | { readonly rating: number };

interface Marking {
  readonly songs: readonly Song[];
  readonly mark: Mark;
}

/** Requests under way at once. */
const AT_ONCE = 4;

/** Likes and rates songs: shown at once everywhere, and asked for anew when the server has answered. */
export function useSongMarks() {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ songs, mark }: Marking) => inTurns(songs, AT_ONCE, (song) => send(song.id, mark)),
    onMutate: ({ songs, mark }) => {
      patchSongs(queries, new Set(songs.map(({ id }) => id)), mark);
      if ("liked" in mark) for (const { id } of songs) player.updateTrack(id, mark);
    },
    onError: (_error, { songs, mark }) => {
      if ("liked" in mark) for (const { id, liked } of songs) player.updateTrack(id, { liked });
      toasts.push(t("liked" in mark ? "likeFailed" : "rateFailed"), "fault");
    },
    // Every list that shows songs may show these.
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
  return useMemo(
    () => ({
      like: (songs: readonly Song[], liked: boolean) => mutate({ songs, mark: { liked } }),
      rate: (songs: readonly Song[], rating: number) => mutate({ songs, mark: { rating } }),
    }),
    [mutate],
  );
}

function send(id: number, mark: Mark): Promise<void> {
  return "liked" in mark ? setSongLiked(id, mark.liked) : rateSong(id, mark.rating);
}
