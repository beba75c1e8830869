import type { AlbumFilter } from "@/api/albums";
import type { Album } from "@/api/types";

export type AlbumOrder = NonNullable<AlbumFilter["sort"]>;
export type AlbumKind = Album["kind"];

export const ALBUM_ORDERS = [
  "title",
  "artist",
  "-year",
  "-createdAt",
  "-plays",
  "-rating",
  "-lastPlayed",
] as const;

/** In the order of a discography. */
export const ALBUM_KINDS = ["album", "ep", "single", "compilation", "live", "soundtrack", "other"] as const;

/** What the address of the albums page may say. */
export interface AlbumSearch {
  sort?: AlbumOrder;
  kind?: AlbumKind;
  genre?: string;
  yearFrom?: number;
  yearTo?: number;
  liked?: true;
}

/** Reads an address; what it does not understand it leaves out. */
export function readAlbumSearch(search: Record<string, unknown>): AlbumSearch {
  const { sort, kind, genre, yearFrom, yearTo, liked } = search;
  const order = ALBUM_ORDERS.find((known) => known === sort);
  const known = ALBUM_KINDS.find((one) => one === kind);
  return {
    ...(order !== undefined && { sort: order }),
    ...(known !== undefined && { kind: known }),
    ...(genre !== undefined && genre !== "" && { genre: String(genre) }),
    ...(isYear(yearFrom) && { yearFrom }),
    ...(isYear(yearTo) && { yearTo }),
    ...(liked === true && { liked }),
  };
}

function isYear(year: unknown): year is number {
  return typeof year === "number" && Number.isInteger(year) && year >= 1 && year <= 9999;
}
