import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import { songQuery } from "./songs";
import type { PlaybackChange, PlaybackState, Song } from "./types";

export interface Stopped {
  readonly state: PlaybackState;
  /** The song it stopped in; null if nothing was played yet or the song is gone. */
  readonly song: Song | null;
}

/** Where the listener stopped, on whatever device. */
export const stoppedQuery = queryOptions({
  queryKey: ["playback", "stopped"],
  queryFn: async ({ signal, client }): Promise<Stopped> => {
    const { state } = await answer(api.GET("/api/playback/state", { signal }));
    const id = state.currentSongId;
    const song = id === null ? null : await client.ensureQueryData(songQuery(id)).catch(() => null);
    return { state, song };
  },
  // Only a visit asks: a retry in the background would move the page.
  retry: false,
});

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
