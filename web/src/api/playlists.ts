import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { Playlist, PlaylistChange, PlaylistContents, PlaylistDraft } from "./types";

/** The playlists one may open: one's own, shared and public ones. The rail and the playlists page read them. */
export const playlistsQuery = queryOptions({
  queryKey: ["playlists"],
  queryFn: ({ signal }) => answer(api.GET("/api/playlists", { params: { query: { limit: 500 } }, signal })),
});

/** A playlist with all of its songs, which playing and ordering need at once. */
export const playlistQuery = (id: number) =>
  queryOptions({
    queryKey: ["playlists", "one", id],
    queryFn: ({ signal }) => readAll(id, signal),
  });

async function readAll(id: number, signal: AbortSignal): Promise<PlaylistContents> {
  const read = (cursor?: string) =>
    answer(
      api.GET("/api/playlists/{id}", {
        params: { path: { id }, query: { limit: 500, ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    );
  const first = await read();
  const songs = [...first.songs];
  for (let next = first.nextCursor; next !== null;) {
    const page = await read(next);
    songs.push(...page.songs);
    next = page.nextCursor;
  }
  return { ...first, songs, nextCursor: null };
}

export async function createPlaylist(body: PlaylistDraft): Promise<Playlist> {
  return (await answer(api.POST("/api/playlists", { body }))).playlist;
}

/** Changes name, description or who sees it; with a revision, only if nobody else changed it since. */
export async function updatePlaylist(id: number, body: PlaylistChange): Promise<Playlist> {
  return (await answer(api.PUT("/api/playlists/{id}", { params: { path: { id } }, body }))).playlist;
}

export async function deletePlaylist(id: number): Promise<void> {
  await answer(api.DELETE("/api/playlists/{id}", { params: { path: { id } } }));
}

/** Moves an entry before another one, or to the end. */
export async function movePlaylistEntry(
  id: number,
  entryId: number,
  beforeEntryId: number | null,
  revision: number,
): Promise<Playlist> {
  const body = { entryIds: [entryId], beforeEntryId, revision };
  return (await answer(api.PATCH("/api/playlists/{id}/songs", { params: { path: { id } }, body }))).playlist;
}

export async function removePlaylistEntry(id: number, entryId: number, revision: number): Promise<Playlist> {
  const params = { path: { id, entryId }, query: { revision } };
  return (await answer(api.DELETE("/api/playlists/{id}/songs/{entryId}", { params }))).playlist;
}
