import type { SongChange } from "@/api/songs";
import type { Song } from "@/api/types";

export type SongForm = Record<"title" | "artist" | "album" | "genre" | "year" | "track", string>;

const NO_NUMBER = -1;

/** What the library says of a song, as the fields of the form hold it. */
export function toForm({ title, artist, album, genre, year, track }: Song): SongForm {
  return {
    title,
    artist,
    album,
    genre,
    year: year === null ? "" : String(year),
    track: track === null ? "" : String(track),
  };
}

/** Only what differs. An emptied number is taken away; what is no number is left to the server to refuse. */
export function changesOf(song: Song, form: SongForm): SongChange {
  const before = toForm(song);
  const changes: SongChange = {};
  for (const name of ["title", "artist", "album", "genre"] as const) {
    const text = form[name].trim();
    if (text !== before[name]) changes[name] = text;
  }
  for (const name of ["year", "track"] as const) {
    const text = form[name].trim();
    if (text !== before[name])
      changes[name] = text === "" ? 0 : /^\d+$/.test(text) ? Number(text) : NO_NUMBER;
  }
  return changes;
}
