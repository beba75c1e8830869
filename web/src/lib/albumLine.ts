import type { Credit } from "./songRow";

/** What a menu shows of an album. An album of the API fits. */
export interface AlbumLine {
  readonly id: number;
  readonly title: string;
  readonly artists: readonly Credit[];
  readonly liked: boolean;
  readonly rating: number;
}

/** What can be done with an album of which only the sleeve is in the page. */
export interface AlbumActions {
  readonly play: (id: number) => void;
  readonly shuffle: (id: number) => void;
  readonly playNext: (id: number) => void;
  readonly append: (id: number) => void;
  readonly addToPlaylist: (id: number) => void;
  readonly like: (id: number, liked: boolean) => void;
  readonly rate: (id: number, rating: number) => void;
}
