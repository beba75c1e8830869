import type { ArtistFilter } from "@/api/artists";

export type ArtistOrder = NonNullable<ArtistFilter["sort"]>;

export const ARTIST_ORDERS = ["name", "-name", "-plays", "-rating"] as const;

/** What the address of the artists page may say. */
export interface ArtistSearch {
  sort?: ArtistOrder;
  liked?: true;
}

/** Reads an address; what it does not understand it leaves out. */
export function readArtistSearch({ sort, liked }: Record<string, unknown>): ArtistSearch {
  const order = ARTIST_ORDERS.find((known) => known === sort);
  return { ...(order !== undefined && { sort: order }), ...(liked === true && { liked }) };
}
