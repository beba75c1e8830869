import type { SongSortKey } from "./songSort";

/** A column of the table of songs that people may show or leave out. Title, time and the menu always stand there. */
export type SongColumn =
  "artist" | "album" | "genre" | "year" | "added" | "plays" | "lastPlayed" | "rating" | "format" | "liked";

interface ColumnShape {
  /** As a track of a CSS grid. */
  readonly track: string;
  /** The least room it asks for, in pixels. */
  readonly least: number;
  readonly sort: SongSortKey | null;
  readonly number: boolean;
}

export const SONG_COLUMNS: Record<SongColumn, ColumnShape> = {
  artist: { track: "minmax(0, 1.5fr)", least: 112, sort: "artist", number: false },
  album: { track: "minmax(0, 1.5fr)", least: 112, sort: "album", number: false },
  genre: { track: "84px", least: 84, sort: null, number: false },
  year: { track: "44px", least: 44, sort: "year", number: true },
  added: { track: "80px", least: 80, sort: "createdAt", number: true },
  plays: { track: "52px", least: 52, sort: "plays", number: true },
  lastPlayed: { track: "88px", least: 88, sort: "lastPlayed", number: true },
  rating: { track: "84px", least: 84, sort: "rating", number: false },
  format: { track: "56px", least: 56, sort: null, number: false },
  liked: { track: "28px", least: 28, sort: null, number: false },
};

/** In the order they stand in the table. */
export const COLUMN_ORDER = Object.keys(SONG_COLUMNS) as SongColumn[];

/** What stands in the table until somebody chooses otherwise. */
export const USUAL_COLUMNS: readonly SongColumn[] = [
  "artist",
  "album",
  "genre",
  "year",
  "added",
  "rating",
  "liked",
];

/** Where there is no room for all of them, the last of these go first. */
const WORTH: readonly SongColumn[] = [
  "artist",
  "album",
  "liked",
  "year",
  "added",
  "rating",
  "plays",
  "genre",
  "lastPlayed",
  "format",
];

/** Pixels between columns. */
export const COLUMN_GAP = 12;
const ALWAYS = { box: 20, cover: 28, title: 168, time: 56, more: 32, padding: 16 };
const FIXED = Object.values(ALWAYS).reduce((sum, width) => sum + width, 0) + 4 * COLUMN_GAP;

/** Those of the chosen columns that fit beside the title into so many pixels, in the order of the table. */
export function fittingColumns(chosen: readonly SongColumn[], width: number): SongColumn[] {
  let room = width - FIXED;
  const kept = WORTH.filter((column) => {
    if (!chosen.includes(column)) return false;
    const needed = SONG_COLUMNS[column].least + COLUMN_GAP;
    if (needed > room) return false;
    room -= needed;
    return true;
  });
  return COLUMN_ORDER.filter((column) => kept.includes(column));
}

/** The tracks of these columns, as a part of `grid-template-columns`. */
export function columnTracks(columns: readonly SongColumn[]): string {
  return columns.map((column) => SONG_COLUMNS[column].track).join(" ");
}
