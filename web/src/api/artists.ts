import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { PageQuery } from "./types";

/** An artist with albums and the songs the listener plays most. */
export const artistQuery = (id: number) =>
  queryOptions({
    queryKey: ["artists", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/api/artists/{id}", { params: { path: { id } }, signal })),
  });

/** One page of all artists by name. */
export async function fetchArtists(place: PageQuery, signal: AbortSignal) {
  const { artists, total, nextCursor } = await answer(
    api.GET("/api/artists", { params: { query: { sort: "name", ...place } }, signal }),
  );
  return { items: artists, total, nextCursor };
}

/** Likes an artist or takes the like back. */
export async function setArtistLiked(id: number, liked: boolean): Promise<void> {
  const params = { path: { id } };
  await answer(
    liked ? api.PUT("/api/artists/{id}/like", { params }) : api.DELETE("/api/artists/{id}/like", { params }),
  );
}
