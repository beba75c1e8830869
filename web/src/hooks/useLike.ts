import { useMutation, useQueryClient } from "@tanstack/react-query";

import { setAlbumLiked } from "@/api/albums";
import { setArtistLiked } from "@/api/artists";

const SEND = { album: setAlbumLiked, artist: setArtistLiked };

/** Likes an album or an artist, or takes it back; what shows it is asked for anew. */
export function useLike(kind: keyof typeof SEND, onFailed: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, liked }: { id: number; liked: boolean }) => SEND[kind](id, liked),
    onError: onFailed,
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
}
