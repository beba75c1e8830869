import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type {
  Device,
  PlaybackChange,
  PlaybackNow,
  PlaybackState,
  QueueEditBody,
  QueueEdited,
  Song,
} from "./types";

/** What one's devices play, as the server keeps it. */
export async function readPlayback(): Promise<PlaybackState> {
  return (await answer(api.GET("/api/playback/state"))).state;
}

/** Changes what is kept. With keepalive it also arrives when the page goes away meanwhile. */
export async function writePlayback(change: PlaybackChange, keepalive: boolean): Promise<PlaybackState> {
  return (await answer(api.POST("/api/playback/state", { body: change, keepalive }))).state;
}

/** Tells how far the active device is, in milliseconds; the revision is the one it has obeyed. */
export async function reportProgress(
  deviceId: string,
  revision: number,
  position: number,
): Promise<PlaybackNow> {
  return (await answer(api.POST("/api/playback/progress", { body: { deviceId, revision, position } }))).state;
}

/** Edits the queue by its entries: all of the edits or none. */
export function editQueue(deviceId: string, edits: QueueEditBody[]): Promise<QueueEdited> {
  return answer(api.POST("/api/playback/queue", { body: { deviceId, edits } }));
}

/** What one plays on, last seen first. */
export async function readDevices(): Promise<Device[]> {
  return (await answer(api.GET("/api/playback/devices"))).devices;
}

/** Makes a device known, or gives it another name. */
export async function putDevice(id: string, device: Pick<Device, "name" | "kind">): Promise<Device> {
  return (await answer(api.PUT("/api/playback/devices/{id}", { params: { path: { id } }, body: device })))
    .device;
}

/** Forgets a device; where it plays, nobody does from then on. */
export async function forgetDevice(id: string): Promise<void> {
  await answer(api.DELETE("/api/playback/devices/{id}", { params: { path: { id } } }));
}

/** Asks a device to take over what plays; by is the one that asks. */
export async function transferPlayback(deviceId: string, by: string): Promise<void> {
  await answer(api.POST("/api/playback/transfer", { body: { deviceId, by } }));
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
