import { type QueryKey, useQueries, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { PageQuery } from "@/api/types";

export interface ListPage<Item> {
  readonly items: Item[];
  readonly total: number;
  readonly nextCursor: string | null;
}

interface PagedList<Item> {
  /** How many items there are in all; undefined until the first page is there. */
  readonly total: number | undefined;
  /** An item by its place, if its page was loaded. */
  readonly at: (index: number) => Item | undefined;
  /** The loaded items that follow each other around a place, with the place of the first. */
  readonly around: (index: number) => { items: Item[]; first: number };
  /** Tell it what is in view; it loads that. */
  readonly onRange: (first: number, last: number) => void;
  readonly error: Error | null;
  readonly retry: () => void;
}

const PAGE = 100;

/**
 * A list of any length of which only the pages in view are loaded. Scrolling on follows the server's cursors;
 * a jump by the scroll bar, where the page before is not known, asks by place.
 */
export function usePagedList<Item>(
  key: QueryKey,
  fetchPage: (place: PageQuery, signal: AbortSignal) => Promise<ListPage<Item>>,
): PagedList<Item> {
  const queries = useQueryClient();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const [known, setKnown] = useState<number>();
  const cached = (page: number) => queries.getQueryData<ListPage<Item>>([...key, page]);

  const place = (page: number): PageQuery => {
    if (page === 0) return { limit: PAGE };
    const cursor = cached(page - 1)?.nextCursor ?? null;
    return cursor === null ? { limit: PAGE, offset: page * PAGE } : { limit: PAGE, cursor };
  };
  const results = useQueries({
    queries: pagesOf(range, known).map((page) => ({
      queryKey: [...key, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage(place(page), signal),
    })),
  });
  const total = results.find((result) => result.data !== undefined)?.data?.total;
  // A new order or filter keeps the old height until it knows its own: nothing jumps.
  if (total !== undefined && total !== known) setKnown(total);

  const at = (index: number) => cached(Math.floor(index / PAGE))?.items[index % PAGE];
  const failed = results.find((result) => result.isError);
  return {
    total: total ?? known,
    at,
    around: (index) => {
      let from = Math.floor(index / PAGE);
      while (from > 0 && cached(from - 1) !== undefined) from -= 1;
      const items: Item[] = [];
      for (let page = from; ; page += 1) {
        const loaded = cached(page);
        if (loaded === undefined) return { items, first: from * PAGE };
        items.push(...loaded.items);
      }
    },
    onRange: (first, last) => setRange({ first, last }),
    error: failed?.error ?? null,
    retry: () => results.forEach((result) => result.isError && void result.refetch()),
  };
}

/** The pages that hold a range of places, and the one after them once its first items come near. */
function pagesOf({ first, last }: { first: number; last: number }, total: number | undefined): number[] {
  const end = Math.max((total ?? 1) - 1, 0);
  const from = Math.floor(Math.min(first, end) / PAGE);
  const to = Math.floor(Math.min(last + PAGE / 2, end) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
}
