import type { PlaylistSong } from "@/api/types";

/** A song's stretch of the tape. */
export interface TapePart {
  readonly song: PlaylistSong;
  /** Its number among the songs that can be played. */
  readonly number: number;
  /** Seconds from the start of the tape. */
  readonly start: number;
  /** Whether there is room to write its number below. */
  readonly labelled: boolean;
}

/** Songs one after the other. Numbers keep at least `room` (a share of the whole) between each other. */
export function tapeOf(songs: readonly PlaylistSong[], room: number): { parts: TapePart[]; total: number } {
  const total = songs.reduce((sum, song) => sum + song.duration, 0);
  let start = 0;
  let lastLabel = Number.NEGATIVE_INFINITY;
  const parts = songs.map((song, index): TapePart => {
    const labelled = start - lastLabel >= room * total;
    if (labelled) lastLabel = start;
    const part = { song, number: index + 1, start, labelled };
    start += song.duration;
    return part;
  });
  return { parts, total };
}

/** Which song a second of the tape belongs to, and where in it. */
export function placeAt(parts: readonly TapePart[], seconds: number): { index: number; within: number } {
  let index = 0;
  parts.forEach((part, at) => {
    if (part.start <= seconds) index = at;
  });
  return { index, within: Math.max(seconds - (parts[index]?.start ?? 0), 0) };
}
