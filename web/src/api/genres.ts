import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";

/** Every genre of the library with its number of songs. */
export const genresQuery = queryOptions({
  queryKey: ["genres"],
  queryFn: ({ signal }) => answer(api.GET("/api/genres", { signal })),
});
