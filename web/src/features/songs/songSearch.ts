import type { SongFilter } from "@/api/songs";

export type SongOrder = NonNullable<SongFilter["sort"]>;

/** What the address of the songs page may say. */
export interface SongSearch {
  sort?: SongOrder;
  genre?: string;
  year?: number;
  yearFrom?: number;
  yearTo?: number;
  format?: string;
  liked?: true;
  minRating?: number;
  played?: boolean;
  libraryId?: number;
}

export type SongFilterName = Exclude<keyof SongSearch, "sort">;

const SORTS = /^-?(title|artist|album|year|createdAt|plays|lastPlayed|rating|duration)$/;
const MOST_STARS = 5;

/** Reads an address; what it does not understand it leaves out. */
export function readSongSearch(search: Record<string, unknown>): SongSearch {
  const { sort, genre, year, yearFrom, yearTo, format, liked, minRating, played, libraryId } = search;
  return {
    ...(typeof sort === "string" && SORTS.test(sort) && { sort: sort as SongOrder }),
    ...(genre !== undefined && genre !== "" && { genre: String(genre) }),
    ...(isYear(year) && { year }),
    ...(isYear(yearFrom) && { yearFrom }),
    ...(isYear(yearTo) && { yearTo }),
    ...(typeof format === "string" && /^[a-z0-9]+$/.test(format) && { format }),
    ...(liked === true && { liked }),
    ...(isWhole(minRating) && minRating >= 1 && minRating <= MOST_STARS && { minRating }),
    ...(typeof played === "boolean" && { played }),
    ...(isWhole(libraryId) && libraryId > 0 && { libraryId }),
  };
}

/** Whether anything is left out of the list. */
export function isNarrowed(search: SongSearch): boolean {
  return Object.keys(search).some((name) => name !== "sort");
}

function isYear(year: unknown): year is number {
  return isWhole(year) && year >= 1 && year <= 9999;
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value);
}
