import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import { ApiError } from "./error";
import type { Health, ScanState } from "./types";

const WHILE_RUNNING_MS = 1000;
const ERRORS_PAGE = 100;

/** How far the scan is; asked every second while one runs and the page is in view. */
export const scanQuery = queryOptions({
  queryKey: ["admin", "scan"],
  queryFn: ({ signal }) => answer(api.GET("/api/library/scan", { signal })),
  refetchInterval: ({ state }) => (state.data?.running === true ? WHILE_RUNNING_MS : false),
});

/** What the last scans could not read, library by library, page by page. */
export const scanErrorsQuery = infiniteQueryOptions({
  queryKey: ["admin", "scanErrors"],
  queryFn: ({ signal, pageParam: offset }) =>
    answer(
      api.GET("/api/library/scan/errors", { params: { query: { limit: ERRORS_PAGE, offset } }, signal }),
    ),
  initialPageParam: 0,
  getNextPageParam: (last, pages) => {
    const read = pages.reduce((sum, page) => sum + page.errors.length, 0);
    return read < last.total && last.errors.length > 0 ? read : undefined;
  },
});

/** How the server is. It tells that with 503 when a part of it is unwell, which is an answer and no failure. */
export const healthQuery = queryOptions({
  queryKey: ["admin", "health"],
  queryFn: async ({ signal }): Promise<Health> => {
    const response = await fetch(new Request(new URL("/api/health", window.location.origin), { signal }));
    const body: unknown = await response.json().catch(() => null);
    if (isHealth(body)) return body;
    throw new ApiError(response.status, `http_${response.status}`, response.statusText);
  },
  refetchInterval: 10_000,
});

export async function startScan(): Promise<ScanState> {
  return answer(api.POST("/api/library/scan"));
}

export async function stopScan(): Promise<ScanState> {
  return answer(api.DELETE("/api/library/scan"));
}

function isHealth(body: unknown): body is Health {
  return typeof body === "object" && body !== null && "checks" in body && "version" in body;
}
