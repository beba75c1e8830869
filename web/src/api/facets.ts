import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import { type SongFilter, songQueryOf } from "./songs";

/** How many songs each further filter would leave. Until they are counted anew, the numbers before stay. */
export const songFacetsQuery = (filter: Omit<SongFilter, "sort">) =>
  queryOptions({
    queryKey: ["songs", "facets", filter],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/songs/facets", { params: { query: songQueryOf(filter) }, signal })),
    placeholderData: keepPreviousData,
  });
