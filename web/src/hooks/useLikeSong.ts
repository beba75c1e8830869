import { useMutation, useQueryClient } from "@tanstack/react-query";

import { setSongLiked } from "@/api/songs";

import { usePlayerCommands } from "./PlayerContext";

interface Like {
  songId: number;
  liked: boolean;
}

/** Likes a song or takes it back: shown at once in the player, undone if the server refuses. */
export function useLikeSong(onFailed: () => void) {
  const player = usePlayerCommands();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ songId, liked }: Like) => setSongLiked(songId, liked),
    onMutate: ({ songId, liked }) => player.updateTrack(songId, { liked }),
    onError: (_error, { songId, liked }) => {
      player.updateTrack(songId, { liked: !liked });
      onFailed();
    },
    // Every list that shows songs may show this one.
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
}
