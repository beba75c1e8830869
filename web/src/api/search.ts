import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";

/** What is found for some words, the best of each kind first. The last finding stays until the next is there. */
export const searchQuery = (words: string, limit: number) =>
  queryOptions({
    queryKey: ["search", words, limit],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/search", { params: { query: { q: words, limit } }, signal })),
    enabled: words !== "",
    placeholderData: keepPreviousData,
  });
