import type { QueryClient } from "@tanstack/react-query";

import type { Song } from "./types";

/** Changes songs in every answer that is kept, so that it shows before the server has said so. */
export function patchSongs(queries: QueryClient, ids: ReadonlySet<number>, change: Partial<Song>): void {
  const patch = (songs: unknown): unknown =>
    Array.isArray(songs)
      ? songs.map((song: unknown) => (isSong(song) && ids.has(song.id) ? { ...song, ...change } : song))
      : songs;
  for (const query of queries.getQueryCache().getAll()) {
    const { data } = query.state;
    if (typeof data !== "object" || data === null) continue;
    const held = LISTS.filter((name) => name in data);
    if (held.length === 0) continue;
    const patched = Object.fromEntries(held.map((name) => [name, patch((data as Answer)[name])]));
    queries.setQueryData(query.queryKey, { ...data, ...patched }, { updatedAt: query.state.dataUpdatedAt });
  }
}

/** The names under which answers hold songs. */
const LISTS = ["songs", "items", "topSongs"] as const;
type Answer = Partial<Record<(typeof LISTS)[number], unknown>>;

/** A list of pages holds songs, albums or artists, whose numbers mean nothing to each other. */
function isSong(item: unknown): item is Song {
  return typeof item === "object" && item !== null && "duration" in item && "format" in item;
}
