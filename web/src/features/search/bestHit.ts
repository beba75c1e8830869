import type { Album, Artist, SearchResult, Song } from "@/api/types";
import { fold } from "@/lib/fold";

export type Hit =
  | { readonly kind: "song"; readonly song: Song }
  | { readonly kind: "album"; readonly album: Album }
  | { readonly kind: "artist"; readonly artist: Artist };

/**
 * The best of the three lists. Each comes in the server's order; its first stands for it. A name that is exactly
 * the words wins, then one that begins with them; an artist before an album before a song.
 */
export function bestHit({ artists, albums, songs }: SearchResult, words: string): Hit | null {
  const [artist, album, song] = [artists[0], albums[0], songs[0]];
  const hits: { hit: Hit; name: string }[] = [
    ...(artist === undefined ? [] : [{ hit: { kind: "artist" as const, artist }, name: artist.name }]),
    ...(album === undefined ? [] : [{ hit: { kind: "album" as const, album }, name: album.title }]),
    ...(song === undefined ? [] : [{ hit: { kind: "song" as const, song }, name: song.title }]),
  ];
  const wanted = fold(words.trim());
  const best =
    hits.find(({ name }) => fold(name) === wanted) ??
    hits.find(({ name }) => fold(name).startsWith(wanted)) ??
    // The words stand somewhere inside: songs are the most precise.
    hits.at(-1);
  return best?.hit ?? null;
}
