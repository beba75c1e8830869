import type { Album } from "@/api/types";

/** The kinds in the order of a discography. */
const ORDER = ["album", "ep", "single", "live", "compilation", "soundtrack", "other"] as const;

/** Albums by their kind; kinds of which there are none are left out, and the order within one stays. */
export function byKind(albums: readonly Album[]): { kind: Album["kind"]; albums: Album[] }[] {
  return ORDER.map((kind) => ({ kind, albums: albums.filter((album) => album.kind === kind) })).filter(
    (group) => group.albums.length > 0,
  );
}
