import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import { ApiError } from "./error";
import type { Health, ScanState } from "./types";

const WHILE_RUNNING_MS = 1000;
const MOST_ERRORS = 200;

/** How far the scan is; asked every second while one runs. */
export const scanQuery = queryOptions({
  queryKey: ["admin", "scan"],
  queryFn: ({ signal }) => answer(api.GET("/api/library/scan", { signal })),
  refetchInterval: ({ state }) => (state.data?.running === true ? WHILE_RUNNING_MS : false),
});

/** What the last scan could not read, the first of it. */
export const scanErrorsQuery = queryOptions({
  queryKey: ["admin", "scanErrors"],
  queryFn: ({ signal }) =>
    answer(api.GET("/api/library/scan/errors", { params: { query: { limit: MOST_ERRORS } }, signal })),
});

export const librariesQuery = queryOptions({
  queryKey: ["admin", "libraries"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/libraries", { signal }))).libraries,
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
