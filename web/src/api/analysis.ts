import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { PageQuery } from "./types";

const WHILE_RUNNING_MS = 3000;

/** How far the background pass over the songs is; asked now and then while it runs and the page is in view. */
export const analysisQuery = queryOptions({
  queryKey: ["admin", "analysis"],
  queryFn: ({ signal }) => answer(api.GET("/api/library/analysis", { signal })),
  refetchInterval: ({ state }) => ((state.data?.pending ?? 0) > 0 ? WHILE_RUNNING_MS : false),
});

export const ANALYSIS_FAILURES = ["admin", "analysisFailures"] as const;

/** One page of the songs that could not be measured. */
export async function fetchAnalysisFailures({ limit = 0, offset = 0 }: PageQuery, signal: AbortSignal) {
  const query = { limit, offset };
  const { failures, total } = await answer(
    api.GET("/api/library/analysis/failures", { params: { query }, signal }),
  );
  return { items: failures, total, nextCursor: null };
}
