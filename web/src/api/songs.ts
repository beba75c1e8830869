import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { PageQuery, SongQuery } from "./types";

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

/** Rates a song from 1 to 5, or takes the rating back with 0. */
export async function rateSong(songId: number, rating: number): Promise<void> {
  await answer(api.PUT("/api/songs/{id}/rating", { params: { path: { id: songId } }, body: { rating } }));
}

/** One song. */
export const songQuery = (id: number) =>
  queryOptions({
    queryKey: ["songs", "one", id],
    queryFn: async ({ signal }) =>
      (await answer(api.GET("/api/songs/{id}", { params: { path: { id } }, signal }))).song,
  });

/** One song with what its file says beside what lists show. */
export const songDetailsQuery = (id: number) =>
  queryOptions({
    queryKey: ["songs", "details", id],
    queryFn: ({ signal }) => answer(api.GET("/api/songs/{id}", { params: { path: { id } }, signal })),
  });

/** How a song was measured, or that it is not yet. */
export const songSoundQuery = (id: number) =>
  queryOptions({
    queryKey: ["songs", "sound", id],
    queryFn: ({ signal }) => answer(api.GET("/api/songs/{id}/sound", { params: { path: { id } }, signal })),
  });

/** The loudest sample of each stretch of a song; measured false while nobody has measured them. */
export const waveformQuery = (id: number) =>
  queryOptions({
    queryKey: ["songs", "waveform", id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/songs/{id}/waveform", { params: { path: { id } }, signal })),
    staleTime: ({ state }) => (state.data?.measured === true ? Infinity : 0),
  });

/** The words of a song. */
export const lyricsQuery = (id: number) =>
  queryOptions({
    queryKey: ["songs", "lyrics", id],
    queryFn: ({ signal }) => answer(api.GET("/api/songs/{id}/lyrics", { params: { path: { id } }, signal })),
  });

/** The first songs of an order, for a shelf. */
export const songShelfQuery = (filter: SongFilter, limit: number) =>
  queryOptions({
    queryKey: ["songs", "shelf", filter, limit],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/songs", { params: { query: { ...songQueryOf(filter), limit } }, signal })),
  });

/** What narrows and orders a list of songs. */
export type SongFilter = Omit<SongQuery, "limit" | "cursor" | "offset" | "played"> & {
  /** Whether the listener has played it. */
  played?: boolean;
};

/** The filter as the API spells it. */
export function songQueryOf({
  played,
  ...filter
}: SongFilter): Omit<SongQuery, "limit" | "cursor" | "offset"> {
  return { ...filter, ...(played !== undefined && { played: played ? "true" : "false" }) };
}

/** One page of the songs that a filter leaves. */
export async function fetchSongs(filter: SongFilter, place: PageQuery, signal: AbortSignal) {
  const { songs, total, nextCursor } = await answer(
    api.GET("/api/songs", { params: { query: { ...songQueryOf(filter), ...place } }, signal }),
  );
  return { items: songs, total, nextCursor };
}

/** Takes a song out of the library for everybody. */
export async function deleteSong(id: number): Promise<void> {
  await answer(api.DELETE("/api/songs/{id}", { params: { path: { id } } }));
}
