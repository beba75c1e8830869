import { queryOptions } from "@tanstack/react-query";

import type { AlbumFilter } from "./albums";
import { answer, api } from "./client";
import type { SongFilter } from "./songs";

export interface Letters {
  letters: { letter: string; offset: number }[];
  total: number;
}

/** Where each letter begins in a list that is sorted by a name. */
export const songLettersQuery = (filter: SongFilter) =>
  queryOptions({
    queryKey: ["songs", "letters", filter],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/songs/letters" as "/api/songs", { params: { query: filter }, signal }),
      ) as unknown as Promise<Letters>,
  });

export const albumLettersQuery = (filter: AlbumFilter) =>
  queryOptions({
    queryKey: ["albums", "letters", filter],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/albums/letters" as "/api/albums", { params: { query: filter }, signal }),
      ) as unknown as Promise<Letters>,
  });

export const artistLettersQuery = (filter: { sort: "name" | "-name" }) =>
  queryOptions({
    queryKey: ["artists", "letters", filter],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/artists/letters" as "/api/artists", { params: { query: filter }, signal }),
      ) as unknown as Promise<Letters>,
  });
