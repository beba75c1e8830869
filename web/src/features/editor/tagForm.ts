import type { Song, SongChange } from "@/api/types";

export const TEXTS = ["title", "album", "year", "track", "disc"] as const;
export const LISTS = ["artists", "albumArtists", "genres"] as const;
export type TextName = (typeof TEXTS)[number];
export type ListName = (typeof LISTS)[number];

/** A field of the form. `several`: the songs differ, and nobody has touched it; then it is left alone. */
export interface Entry<Value> {
  readonly value: Value;
  readonly several: boolean;
  readonly touched: boolean;
}

export interface TagForm {
  readonly texts: Readonly<Record<TextName, Entry<string>>>;
  readonly lists: Readonly<Record<ListName, Entry<readonly string[]>>>;
  readonly compilation: Entry<boolean>;
}

const VARIOUS = "Various Artists";
const NO_NUMBER = -1;

/** What the library says of the songs, as the form holds it. */
export function toForm(songs: readonly Song[]): TagForm {
  const text = (name: TextName) =>
    entry(
      songs.map((song) => String(song[name] ?? "")),
      "",
    );
  const list = (of: (song: Song) => readonly string[]) => entry(songs.map(of), [] as readonly string[]);
  return {
    texts: {
      title: text("title"),
      album: text("album"),
      year: text("year"),
      track: text("track"),
      disc: text("disc"),
    },
    lists: {
      artists: list(artistsOf),
      albumArtists: list((song) => creditsOf(song, "albumArtist")),
      genres: list((song) => song.genres),
    },
    compilation: entry(
      songs.map((song) => creditsOf(song, "albumArtist").includes(VARIOUS)),
      false,
    ),
  };
}

function creditsOf(song: Song, role: string): readonly string[] {
  return song.artists.filter((credit) => credit.role === role).map((credit) => credit.name);
}

/** A text such as "A feat. B" is one entry, as it was written. */
function artistsOf(song: Song): readonly string[] {
  const names = creditsOf(song, "artist");
  if (song.artist === "" || names.join(", ") === song.artist) return names;
  return [song.artist];
}

function entry<Value>(values: readonly Value[], none: Value): Entry<Value> {
  const first = values[0];
  const same =
    first !== undefined && values.every((value) => JSON.stringify(value) === JSON.stringify(first));
  return { value: same ? first : none, several: !same, touched: false };
}

/** Only what was touched. An emptied number is taken away; what is no number is left to the server to refuse. */
export function changesOf(form: TagForm): SongChange {
  const { texts, lists, compilation } = form;
  return {
    ...(texts.title.touched && { title: texts.title.value.trim() }),
    ...(texts.album.touched && { album: texts.album.value.trim() }),
    ...(texts.year.touched && { year: toNumber(texts.year.value) }),
    ...(texts.track.touched && { track: toNumber(texts.track.value) }),
    ...(texts.disc.touched && { disc: toNumber(texts.disc.value) }),
    ...(lists.artists.touched && { artists: [...lists.artists.value] }),
    ...(lists.albumArtists.touched && { albumArtists: [...lists.albumArtists.value] }),
    ...(lists.genres.touched && { genres: [...lists.genres.value] }),
    ...(compilation.touched && { isCompilation: compilation.value }),
  };
}

function toNumber(text: string): number {
  const digits = text.trim();
  if (digits === "") return 0;
  return /^\d+$/.test(digits) ? Number(digits) : NO_NUMBER;
}
