import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { components } from "./schema";
import type { PageQuery, Song, SongQuery } from "./types";

/** One song. */
export const songQuery = (id: number) =>
  queryOptions({
    queryKey: ["songs", "one", id],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/songs/{id}", { params: { path: { id } }, signal }))).song,
  });

/** The first songs of an order, for a short list. */
export const songShelfQuery = (filter: SongFilter, limit: number) =>
  queryOptions({
    queryKey: ["songs", "shelf", filter, limit],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/songs", { params: { query: { ...filter, limit } }, signal })),
  });

/** Tells the server that a song was heard enough to count. */
export async function recordListening(songId: number, seconds: number): Promise<void> {
  await answer(api.POST("/api/songs/record-listening", { body: { songId, duration: Math.round(seconds) } }));
}

/** Likes a song or takes the like back. */
export async function setSongLiked(songId: number, liked: boolean): Promise<void> {
  const params = { path: { id: songId } };
  await answer(
    liked ? api.PUT("/api/songs/{id}/like", { params }) : api.DELETE("/api/songs/{id}/like", { params }),
  );
}

export type SongFilter = Omit<SongQuery, "limit" | "cursor" | "offset">;

/** One page of the songs that a filter leaves. */
export async function fetchSongs(filter: SongFilter, place: PageQuery, signal: AbortSignal) {
  const { songs, total, nextCursor } = await answer(
    api.GET("/api/songs", { params: { query: { ...filter, ...place } }, signal }),
  );
  return { items: songs, total, nextCursor };
}

/** An empty text or a number of 0 takes something away. */
export type SongChange = components["schemas"]["EditSongInputBody"];

/** Changes what the library says of a song. */
export async function changeSong(id: number, change: SongChange): Promise<Song> {
  return (await answer(api.PATCH("/api/songs/{id}", { params: { path: { id } }, body: change }))).song;
}

/** Takes a song out of the library for everybody. */
export async function deleteSong(id: number): Promise<void> {
  await answer(api.DELETE("/api/songs/{id}", { params: { path: { id } } }));
}
