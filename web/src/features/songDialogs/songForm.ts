import type { SongChange } from "@/api/songs";
import type { Song } from "@/api/types";

export type SongForm = Record<"title" | "artist" | "album" | "genre" | "year" | "track", string>;

/** What the library says of a song, as the fields of the form hold it. */
export function toForm({ title, artist, album, genre, year, track }: Song): SongForm {
  return {
    title,
    artist,
    album,
    genre: genre ?? "",
    year: year === null ? "" : String(year),
    track: track === null ? "" : String(track),
  };
}

/** Only what differs. An emptied number is taken back; what is no number is sent as 0, which the server refuses. */
export function changesOf(song: Song, form: SongForm): SongChange {
  const before = toForm(song);
  const changes: SongChange = {};
  for (const name of ["title", "artist", "album", "genre"] as const) {
    const text = form[name].trim();
    if (text !== before[name]) changes[name] = text;
  }
  for (const name of ["year", "track"] as const) {
    const text = form[name].trim();
    if (text !== before[name]) changes[name] = text === "" ? null : /^\d+$/.test(text) ? Number(text) : 0;
  }
  return changes;
}
