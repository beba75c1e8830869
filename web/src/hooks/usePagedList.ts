import { type QueryClient, type QueryKey, useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import type { PageQuery } from "@/api/types";

export interface ListPage<Item> {
  readonly items: Item[];
  readonly total: number;
  readonly nextCursor: string | null;
}

export interface PagedList<Item> {
  /** How many items there are in all; undefined until the first page is there. */
  readonly total: number | undefined;
  /** An item by its place, if its page was loaded. */
  readonly at: (index: number) => Item | undefined;
  /** The loaded items that follow each other around a place, with the place of the first. */
  readonly around: (index: number) => { items: Item[]; first: number };
  /** The items from one place to another, loaded where they are not. */
  readonly load: (first: number, last: number) => Promise<Item[]>;
  /** Tell it what is in view; it loads that. */
  readonly onRange: (first: number, last: number) => void;
  readonly error: Error | null;
  readonly retry: () => void;
}

type FetchPage<Item> = (place: PageQuery, signal: AbortSignal) => Promise<ListPage<Item>>;

const PAGE = 100;
/** Pages on either side of the view that are kept: what is farther away is forgotten and asked for again. */
const KEPT = 20;
/** A view that jumps is being dragged: pages are asked for where it rests. */
const REST_MS = 80;

/**
 * A list of any length of which only the pages around the view are held. Scrolling on follows the server's cursors;
 * a jump by the scroll bar, where the page before is not known, asks by place. A request for pages that were left is
 * given up.
 */
export function usePagedList<Item>(key: QueryKey, fetchPage: FetchPage<Item>): PagedList<Item> {
  const queries = useQueryClient();
  const { range, onRange } = useRestingRange();
  const [known, setKnown] = useState<number>();
  const page = (number: number) => pageQuery(queries, key, number, fetchPage);
  const cached = (number: number) => queries.getQueryData<ListPage<Item>>([...key, number]);

  const results = useQueries({ queries: pagesOf(range, known).map(page) });
  const total = results.find((result) => result.data !== undefined)?.data?.total;
  // A new order or filter keeps the old height until it knows its own: nothing jumps.
  if (total !== undefined && total !== known) setKnown(total);
  const first = Math.floor(range.first / PAGE);
  const forget = useEffectEvent((around: number) => forgetFar(queries, key, around));
  useEffect(() => forget(first), [first]);

  const failed = results.find((result) => result.isError);
  return {
    total: total ?? known,
    at: (index) => cached(Math.floor(index / PAGE))?.items[index % PAGE],
    around: (index) => {
      let from = Math.floor(index / PAGE);
      while (from > 0 && cached(from - 1) !== undefined) from -= 1;
      const items: Item[] = [];
      for (let number = from; ; number += 1) {
        const loaded = cached(number);
        if (loaded === undefined) return { items, first: from * PAGE };
        items.push(...loaded.items);
      }
    },
    load: async (from, to) => {
      const items: Item[] = [];
      for (let number = Math.floor(from / PAGE); number * PAGE <= to; number += 1)
        items.push(...(await queries.ensureQueryData(page(number))).items);
      const start = Math.floor(from / PAGE) * PAGE;
      return items.slice(from - start, to - start + 1);
    },
    onRange,
    error: failed?.error ?? null,
    retry: () => results.forEach((result) => result.isError && void result.refetch()),
  };
}

/** One page: after its neighbour by cursor, else by place. */
function pageQuery<Item>(queries: QueryClient, key: QueryKey, number: number, fetchPage: FetchPage<Item>) {
  const place = (): PageQuery => {
    if (number === 0) return { limit: PAGE };
    const cursor = queries.getQueryData<ListPage<Item>>([...key, number - 1])?.nextCursor ?? null;
    return cursor === null ? { limit: PAGE, offset: number * PAGE } : { limit: PAGE, cursor };
  };
  return {
    queryKey: [...key, number],
    queryFn: ({ signal }: { signal: AbortSignal }) => fetchPage(place(), signal),
  };
}

/** Forgets the pages of a list that are far from the one in view, so that a list of any length takes the same memory. */
function forgetFar(queries: QueryClient, key: QueryKey, around: number): void {
  queries.removeQueries({
    queryKey: key,
    type: "inactive",
    predicate: ({ queryKey }) => {
      const number = queryKey[key.length];
      return (
        queryKey.length === key.length + 1 && typeof number === "number" && Math.abs(number - around) > KEPT
      );
    },
  });
}

/** What is in view: at once while it moves on by less than a page, after a rest where it jumps. */
function useRestingRange() {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onRange = (first: number, last: number) => {
    clearTimeout(timer.current);
    const jumped = Math.abs(first - range.first) > PAGE;
    if (jumped) timer.current = setTimeout(() => setRange({ first, last }), REST_MS);
    else setRange({ first, last });
  };
  return { range, onRange };
}

/** The pages that hold a range of places, and the one after them once its first items come near. */
function pagesOf({ first, last }: { first: number; last: number }, total: number | undefined): number[] {
  const end = Math.max((total ?? 1) - 1, 0);
  const from = Math.floor(Math.min(first, end) / PAGE);
  const to = Math.floor(Math.min(last + PAGE / 2, end) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
}
