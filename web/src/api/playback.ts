import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";

/** Where the listener stopped, on whatever device. */
export const playbackStateQuery = queryOptions({
  queryKey: ["playback", "state"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/playback/state", { signal }))).state,
});

/** What the listener heard last, the latest first. */
export const historyQuery = (limit: number) =>
  queryOptions({
    queryKey: ["history", "first", limit],
    queryFn: ({ signal }) => answer(api.GET("/api/history", { params: { query: { limit } }, signal })),
  });
