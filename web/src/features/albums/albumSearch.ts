import type { AlbumFilter } from "@/api/albums";

export type AlbumOrder = NonNullable<AlbumFilter["sort"]>;

export const ALBUM_ORDERS = ["title", "artist", "-year", "-createdAt", "-plays", "-lastPlayed"] as const;

/** What the address of the albums page may say. */
export interface AlbumSearch {
  sort?: AlbumOrder;
  genre?: string;
  liked?: true;
}

/** Reads an address; what it does not understand it leaves out. */
export function readAlbumSearch({ sort, genre, liked }: Record<string, unknown>): AlbumSearch {
  const order = ALBUM_ORDERS.find((known) => known === sort);
  return {
    ...(order !== undefined && { sort: order }),
    ...(genre !== undefined && genre !== "" && { genre: String(genre) }),
    ...(liked === true && { liked }),
  };
}
