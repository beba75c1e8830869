import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import type { SongFilter } from "./songs";

export interface SongFacets {
  genres: { name: string; count: number }[];
  decades: { from: number; count: number }[];
  formats: { format: string; count: number }[];
  liked: number;
  rated: number;
  unplayed: number;
  total: number;
}

/** How many songs each further filter would leave. */
export const songFacetsQuery = ({ sort: _sort, ...filter }: SongFilter) =>
  queryOptions({
    queryKey: ["songs", "facets", filter],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/songs/facets" as "/api/songs", { params: { query: filter }, signal }),
      ) as unknown as Promise<SongFacets>,
    placeholderData: keepPreviousData,
  });
