import type { SongSort, SongSortKey } from "@/ui/songSort";

import type { SongOrder } from "./songSearch";

/** The order as the API and the address spell it: "-plays" descends. */
export function readSort(text: string): SongSort {
  const descending = text.startsWith("-");
  return { key: (descending ? text.slice(1) : text) as SongSortKey, descending };
}

export function writeSort({ key, descending }: SongSort): SongOrder {
  return descending ? `-${key}` : key;
}
