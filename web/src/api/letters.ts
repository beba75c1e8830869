import { queryOptions } from "@tanstack/react-query";

import type { AlbumFilter } from "./albums";
import type { ArtistFilter } from "./artists";
import { answer, api } from "./client";
import { type SongFilter, songQueryOf } from "./songs";
import type { paths } from "./types";

type SortOf<Path extends "/api/songs/letters" | "/api/albums/letters" | "/api/artists/letters"> = NonNullable<
  NonNullable<paths[Path]["get"]["parameters"]["query"]>["sort"]
>;

/** Where each letter begins in the songs, sorted by a name. */
export const songLettersQuery = (filter: Omit<SongFilter, "sort">, sort: SortOf<"/api/songs/letters">) =>
  queryOptions({
    queryKey: ["songs", "letters", filter, sort],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/songs/letters", { params: { query: { ...songQueryOf(filter), sort } }, signal })),
  });

/** Where each letter begins in the albums, sorted by a name. */
export const albumLettersQuery = (filter: Omit<AlbumFilter, "sort">, sort: SortOf<"/api/albums/letters">) =>
  queryOptions({
    queryKey: ["albums", "letters", filter, sort],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/albums/letters", { params: { query: { ...filter, sort } }, signal })),
  });

/** Where each letter begins in the artists, sorted by their names. */
export const artistLettersQuery = (
  filter: Omit<ArtistFilter, "sort">,
  sort: SortOf<"/api/artists/letters">,
) =>
  queryOptions({
    queryKey: ["artists", "letters", filter, sort],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/artists/letters", { params: { query: { ...filter, sort } }, signal })),
  });
