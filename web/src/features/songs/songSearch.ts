import type { SongFilter } from "@/api/songs";

export type SongOrder = NonNullable<SongFilter["sort"]>;

/** What the address of the songs page may say. */
export interface SongSearch {
  sort?: SongOrder;
  genre?: string;
  year?: number;
  liked?: true;
}

const SORTS = /^-?(title|artist|album|year|createdAt|plays|duration)$/;

/** Reads an address; what it does not understand it leaves out. */
export function readSongSearch(search: Record<string, unknown>): SongSearch {
  const { sort, genre, year, liked } = search;
  return {
    ...(typeof sort === "string" && SORTS.test(sort) && { sort: sort as SongOrder }),
    ...(genre !== undefined && genre !== "" && { genre: String(genre) }),
    ...(typeof year === "number" && isYear(year) && { year }),
    ...(liked === true && { liked }),
  };
}

export function isYear(year: number): boolean {
  return Number.isInteger(year) && year >= 1 && year <= 9999;
}
