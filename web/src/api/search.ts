import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";

/** Songs, albums and artists for some words, the best first; at most so many of each. */
export const searchQuery = (words: string, limit: number) =>
  queryOptions({
    queryKey: ["search", words, limit],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/search", { params: { query: { q: words, limit } }, signal })),
  });
