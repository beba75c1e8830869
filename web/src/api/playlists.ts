import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";

/** The playlists one may open: one's own, shared and public ones. The rail and the playlists page read them. */
export const playlistsQuery = queryOptions({
  queryKey: ["playlists"],
  queryFn: ({ signal }) => answer(api.GET("/api/playlists", { params: { query: { limit: 500 } }, signal })),
});
