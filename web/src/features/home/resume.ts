import type { Album, Listen, PlaybackState, Song } from "@/api/types";
import { isPlayable } from "@/hooks/usePlayFrom";

/** Where a listener goes on. */
export interface Resume {
  readonly song: Song;
  /** Seconds into the song. */
  readonly position: number;
  /** When that was; null if it is not known. */
  readonly at: string | null;
  /** Whether the place itself was kept, or only that the song was heard. */
  readonly kept: boolean;
  /** The ids of the songs that came next. */
  readonly following: readonly number[];
}

/** Less than this from its end, a song is over and starts anew. */
const END_SECONDS = 5;

/** Goes on where the state stands. */
export function resumeState(state: PlaybackState, song: Song): Resume {
  const position = state.position / 1000;
  const following = state.queueIndex === null ? [] : state.queue.slice(state.queueIndex + 1);
  return {
    song,
    position: position < song.duration - END_SECONDS ? position : 0,
    at: state.updatedAt,
    kept: true,
    following: following.map((item) => item.songId),
  };
}

/** Goes on with the last song that was heard and is still there. */
export function resumeListen(listens: readonly Listen[]): Resume | null {
  const last = listens.find((listen) => isPlayable(listen.song));
  if (last === undefined) return null;
  return { song: last.song, position: 0, at: last.at, kept: false, following: [] };
}

/**
 * The albums that were heard. The API orders albums by when that was and puts the unheard ones behind, so the
 * history says where to stop; if it goes further back than it was read, the order is trusted.
 */
export function heardAlbums(albums: Album[], listens: readonly Listen[], wholeHistory: boolean): Album[] {
  const heard = new Set(listens.map((listen) => listen.song.albumId));
  return wholeHistory ? albums.filter((album) => heard.has(album.id)) : albums;
}
