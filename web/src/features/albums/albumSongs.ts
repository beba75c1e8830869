import type { Album, Song } from "@/api/types";

/** "FLAC 24/96", "MP3 320 kbit/s", or the formats alone where songs differ. Empty without songs. */
export function formatOf(songs: readonly Song[]): string {
  const texts = new Set(songs.map(describe));
  const [only] = texts;
  if (texts.size === 1 && only !== undefined) return only;
  return [...new Set(songs.map((song) => song.format.toUpperCase()))].join(", ");
}

function describe({ format, bitDepth, sampleRate, bitRate }: Song): string {
  const name = format.toUpperCase();
  if (bitDepth !== null) return `${name} ${bitDepth}/${sampleRate / 1000}`;
  return bitRate > 0 ? `${name} ${bitRate} kbit/s` : name;
}

/** Who else is on a song than the album says: everybody if it is by others altogether. */
export function guestsOf(song: Song, album: Album): { kind: "feat" | "by"; names: string } | null {
  const own = new Set(album.artists.map((artist) => artist.id));
  const singers = song.artists.filter((artist) => artist.role === "artist");
  const guests = singers.filter((artist) => !own.has(artist.id));
  if (guests.length === 0) return null;
  if (guests.length === singers.length) return { kind: "by", names: song.artist };
  return { kind: "feat", names: guests.map((artist) => artist.name).join(", ") };
}

/** The songs as a list to choose from. */
export function listOf(songs: readonly Song[]) {
  return {
    total: songs.length,
    at: (index: number) => songs[index],
    load: (first: number, last: number) => Promise.resolve(songs.slice(first, last + 1)),
  };
}

export interface Disc {
  readonly number: number | null;
  /** With their places in the album. */
  readonly songs: readonly { song: Song; index: number }[];
}

/** The songs of an album by disc, in their order. */
export function discsOf(songs: readonly Song[]): Disc[] {
  const discs = new Map<number | null, { song: Song; index: number }[]>();
  songs.forEach((song, index) => {
    const disc = discs.get(song.disc) ?? [];
    disc.push({ song, index });
    discs.set(song.disc, disc);
  });
  return [...discs].map(([number, entries]) => ({ number, songs: entries }));
}
