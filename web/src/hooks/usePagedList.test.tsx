import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";

import type { PageQuery } from "@/api/types";

import { usePagedList } from "./usePagedList";

/** The numbers from 0 on, by pages. */
function numbers(total: number) {
  const asked: PageQuery[] = [];
  const fetchPage = (place: PageQuery) => {
    asked.push(place);
    const from = Number(place.cursor ?? place.offset ?? 0);
    const limit = place.limit ?? 0;
    const items = Array.from({ length: Math.min(limit, total - from) }, (_, at) => from + at);
    const next = from + limit;
    return Promise.resolve({ items, total, nextCursor: next < total ? String(next) : null });
  };
  return { asked, fetchPage };
}

function open(total: number) {
  const client = new QueryClient();
  const { asked, fetchPage } = numbers(total);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => usePagedList(["numbers"], fetchPage), { wrapper });
  return { asked, list: result };
}

test("scrolling on follows the cursors of the server", async () => {
  const { asked, list } = open(1000);
  await waitFor(() => expect(list.current.total).toBe(1000));
  act(() => list.current.onRange(60, 95));
  await waitFor(() => expect(list.current.at(150)).toBe(150));
  expect(asked).toEqual([{ limit: 100 }, { limit: 100, cursor: "100" }]);
});

test("a jump asks by place, and what lies between is not there", async () => {
  const { asked, list } = open(1000);
  await waitFor(() => expect(list.current.total).toBe(1000));
  act(() => list.current.onRange(900, 930));
  await waitFor(() => expect(list.current.at(910)).toBe(910));
  expect(asked.at(-1)).toEqual({ limit: 100, offset: 900 });
  expect(list.current.at(500)).toBeUndefined();
  expect(list.current.around(910)).toMatchObject({ first: 900 });
  expect(list.current.around(10).items).toHaveLength(100);
});

test("a list shorter than a page asks once", async () => {
  const { asked, list } = open(3);
  await waitFor(() => expect(list.current.total).toBe(3));
  act(() => list.current.onRange(0, 2));
  expect(list.current.around(0).items).toEqual([0, 1, 2]);
  expect(asked).toHaveLength(1);
});
