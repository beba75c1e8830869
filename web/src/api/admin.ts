import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import { ApiError } from "./error";
import type { Health, PageQuery, ScanState } from "./types";

const WHILE_RUNNING_MS = 1000;

/** How far the scan is; asked every second while one runs and the page is in view. */
export const scanQuery = queryOptions({
  queryKey: ["admin", "scan"],
  queryFn: ({ signal }) => answer(api.GET("/api/library/scan", { signal })),
  refetchInterval: ({ state }) => (state.data?.running === true ? WHILE_RUNNING_MS : false),
});

export const SCAN_ERRORS = ["admin", "scanErrors"] as const;

/** One page of what the last scans could not read, library by library. */
export async function fetchScanErrors({ limit = 0, offset = 0 }: PageQuery, signal: AbortSignal) {
  const query = { limit, offset };
  const { errors, total } = await answer(api.GET("/api/library/scan/errors", { params: { query }, signal }));
  return { items: errors, total, nextCursor: null };
}

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
