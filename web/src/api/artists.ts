import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { ArtistQuery, PageQuery } from "./types";

/** An artist with albums and the songs the listener plays most. */
export const artistQuery = (id: number) =>
  queryOptions({
    queryKey: ["artists", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/api/artists/{id}", { params: { path: { id } }, signal })),
  });

/** What narrows and orders a list of artists. */
export type ArtistFilter = Omit<ArtistQuery, "limit" | "cursor" | "offset">;

/** One page of the artists that a filter leaves. */
export async function fetchArtists(filter: ArtistFilter, place: PageQuery, signal: AbortSignal) {
  const { artists, total, nextCursor } = await answer(
    api.GET("/api/artists", { params: { query: { ...filter, ...place } }, signal }),
  );
  return { items: artists, total, nextCursor };
}

/** Rates an artist from 1 to 5, or takes the rating back with 0. */
export async function rateArtist(id: number, rating: number): Promise<void> {
  await answer(api.PUT("/api/artists/{id}/rating", { params: { path: { id } }, body: { rating } }));
}

/** Likes an artist or takes the like back. */
export async function setArtistLiked(id: number, liked: boolean): Promise<void> {
  const params = { path: { id } };
  await answer(
    liked ? api.PUT("/api/artists/{id}/like", { params }) : api.DELETE("/api/artists/{id}/like", { params }),
  );
}
