import type { PositionSource } from "./positionSource";

export interface Credit {
  readonly id: number;
  readonly name: string;
}

/** What a row shows of a song. A song of the API fits; the parts in ui know no more than this. */
export interface SongLine {
  readonly id: number;
  readonly title: string;
  readonly artist: string;
  readonly artists: readonly Credit[];
  readonly album: string;
  readonly albumId: number | null;
  readonly duration: number;
  readonly genre: string | null;
  readonly year: number | null;
  readonly createdAt: string;
  readonly plays: number;
  readonly liked: boolean;
  readonly coverUrl: string | null;
  readonly coverHue: number;
  /** The file is gone from its folder: named, but not playable. */
  readonly missing?: boolean;
}

/** What can be done with a song from its row. What the listener may not do is not there. */
export interface SongActions {
  readonly playNext: () => void;
  readonly append: () => void;
  readonly addToPlaylist: () => void;
  readonly toggleLike: () => void;
  readonly edit?: () => void;
  readonly remove?: () => void;
}

/** The current song of the player, for the row that stands for it. */
export interface NowPlaying {
  readonly id: number;
  readonly playing: boolean;
  readonly duration: number;
  readonly source: PositionSource;
}
