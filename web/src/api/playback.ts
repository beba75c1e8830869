import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { PlaybackChange, PlaybackState, Song } from "./types";

/** What one's devices play, as the server keeps it. */
export async function readPlayback(): Promise<PlaybackState> {
  return (await answer(api.GET("/api/playback/state"))).state;
}

/** Changes what is kept. With keepalive it also arrives when the page goes away meanwhile. */
export async function writePlayback(change: PlaybackChange, keepalive: boolean): Promise<PlaybackState> {
  return (await answer(api.POST("/api/playback/state", { body: change, keepalive }))).state;
}

/** As many as the server gives at once. */
const SONGS_AT_ONCE = 500;

/** The songs of these ids that are there, in that order. */
export async function readSongs(ids: readonly number[]): Promise<Song[]> {
  const found: Song[] = [];
  for (let from = 0; from < ids.length; from += SONGS_AT_ONCE) {
    const params = { query: { ids: ids.slice(from, from + SONGS_AT_ONCE) } };
    const page = api.GET("/api/songs", {
      params,
      querySerializer: { array: { style: "form", explode: false } },
    });
    found.push(...(await answer(page)).songs);
  }
  return found;
}

/** Where the listener stopped, on whatever device. */
export const playbackStateQuery = queryOptions({
  queryKey: ["playback", "state"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/playback/state", { signal }))).state,
});

/** What the listener heard last, the latest first. */
export const lastListensQuery = (limit: number) =>
  queryOptions({
    queryKey: ["history", "first", limit],
    queryFn: ({ signal }) => answer(api.GET("/api/history", { params: { query: { limit } }, signal })),
  });
