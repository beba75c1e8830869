import { infiniteQueryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";

const PAGE = 100;

/** What one heard, newest first. */
export const historyQuery = infiniteQueryOptions({
  queryKey: ["history"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET("/api/history", {
        params: { query: { limit: PAGE, ...(pageParam !== "" && { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: "",
  getNextPageParam: ({ nextCursor }) => nextCursor,
});
