export type SongSortKey =
  "title" | "artist" | "album" | "year" | "createdAt" | "plays" | "lastPlayed" | "rating" | "duration";

export interface SongSort {
  readonly key: SongSortKey;
  readonly descending: boolean;
}

/** What is best when it is large or new starts at that end. */
const LARGEST_FIRST: readonly SongSortKey[] = [
  "createdAt",
  "plays",
  "lastPlayed",
  "rating",
  "year",
  "duration",
];

/** The order after a press on a column's head: its natural one first, then the other way round. */
export function nextSort(sort: SongSort, key: SongSortKey): SongSort {
  if (sort.key === key) return { key, descending: !sort.descending };
  return { key, descending: LARGEST_FIRST.includes(key) };
}
