import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { AlbumQuery, PageQuery } from "./types";

export type AlbumFilter = Omit<AlbumQuery, "limit" | "cursor" | "offset">;

/** An album with its songs in their order. */
export const albumQuery = (id: number) =>
  queryOptions({
    queryKey: ["albums", "one", id],
    queryFn: ({ signal }) => answer(api.GET("/api/albums/{id}", { params: { path: { id } }, signal })),
  });

/** The first albums of an order, for a shelf. */
export const albumShelfQuery = (filter: AlbumFilter, limit: number) =>
  queryOptions({
    queryKey: ["albums", "shelf", filter, limit],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/albums", { params: { query: { ...filter, limit } }, signal })),
  });

/** One page of the albums that a filter leaves. */
export async function fetchAlbums(filter: AlbumFilter, place: PageQuery, signal: AbortSignal) {
  const { albums, total, nextCursor } = await answer(
    api.GET("/api/albums", { params: { query: { ...filter, ...place } }, signal }),
  );
  return { items: albums, total, nextCursor };
}

/** Likes an album or takes the like back. */
export async function setAlbumLiked(id: number, liked: boolean): Promise<void> {
  const params = { path: { id } };
  await answer(
    liked ? api.PUT("/api/albums/{id}/like", { params }) : api.DELETE("/api/albums/{id}/like", { params }),
  );
}

/** Rates an album from 1 to 5, or takes the rating back with 0. */
export async function rateAlbum(id: number, rating: number): Promise<void> {
  await answer(api.PUT("/api/albums/{id}/rating", { params: { path: { id } }, body: { rating } }));
}
