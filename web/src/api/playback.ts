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
