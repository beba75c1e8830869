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
  readonly lastPlayed: string | null;
  /** 0 for none, else 1 to 5. */
  readonly rating: number;
  readonly format: string;
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
  /** Rates it from 1 to 5; 0 takes the rating back. */
  readonly rate: (rating: number) => void;
  readonly showDetails: () => void;
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
