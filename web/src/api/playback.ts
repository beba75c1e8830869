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

export async function readSong(id: number): Promise<Song> {
  return (await answer(api.GET("/api/songs/{id}", { params: { path: { id } } }))).song;
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
