import { answer, api } from "./client";
import type { Playlist } from "./types";

/** Puts songs at the end of a playlist. A song that is there already is a conflict unless duplicates are wanted. */
export async function addToPlaylist(
  playlistId: number,
  songIds: number[],
  allowDuplicates: boolean,
): Promise<Playlist> {
  const params = { path: { id: playlistId } };
  const body = { songIds, allowDuplicates };
  return (await answer(api.POST("/api/playlists/{id}/songs", { params, body }))).playlist;
}

/** Makes a playlist that only its owner sees. */
export async function createPrivatePlaylist(name: string): Promise<Playlist> {
  return (await answer(api.POST("/api/playlists", { body: { name } }))).playlist;
}
