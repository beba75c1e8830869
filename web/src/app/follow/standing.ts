import type { PlaybackChange } from "@/api/types";
import type { Player } from "@/engine/player";
import type { PlayerSnapshot } from "@/engine/snapshot";

import type { Place } from "./queueEdits";

/** Where a device stands: everything of playback that others are to know. */
export interface Standing {
  readonly entries: PlayerSnapshot["queue"]["entries"];
  readonly index: number;
  readonly songId: number | null;
  readonly seconds: number;
  /** performance.now() milliseconds at which the seconds were true. */
  readonly at: number;
  readonly playing: boolean;
  readonly repeat: PlayerSnapshot["queue"]["repeat"];
  readonly shuffle: boolean;
  readonly volume: number;
}

/** Where nobody stands. */
export const nowhere: Standing = {
  entries: [],
  index: -1,
  songId: null,
  seconds: 0,
  at: 0,
  playing: false,
  repeat: "off",
  shuffle: false,
  volume: Number.NaN,
};

/** Positions that are closer are the same one: clocks and buffers differ by as much. */
const SAME_SECONDS = 0.5;

/** Where the player stands at this moment. */
export function standingOf(player: Player, at: number): Standing {
  const { queue, track, wantsToPlay, volume } = player.snapshot();
  return {
    entries: queue.entries,
    index: queue.index,
    songId: track?.id ?? null,
    seconds: player.positionSource.read(),
    at,
    playing: wantsToPlay,
    repeat: queue.repeat,
    shuffle: queue.unshuffled !== null,
    volume,
  };
}

/** Where a standing has come to by playing on. */
export function carried(
  { seconds, at, playing }: Pick<Standing, "seconds" | "at" | "playing">,
  now: number,
): number {
  return playing ? seconds + (now - at) / 1000 : seconds;
}

/** The key of the place a device stands at, 0 for nowhere. */
export function currentKey({ entries, index }: Standing): number {
  return entries[index]?.key ?? 0;
}

/** Whether two queues are the same places in the same order. */
export function sameOrder(one: Standing["entries"], other: Standing["entries"]): boolean {
  return one === other || (one.length === other.length && one.every(({ key }, at) => key === other[at]?.key));
}

/** The places of a queue as the server knows them. */
export function placesOf(entries: Standing["entries"]): Place[] {
  return entries.map(({ key, track }) => ({ entryId: key, songId: track.id }));
}

/** What others have to be told of the second standing when they know the first; the queue and its place apart. */
export function difference(known: Standing, now: Standing): PlaybackChange {
  const elsewhere = currentKey(known) !== currentKey(now);
  const jumped = elsewhere || Math.abs(carried(known, now.at) - now.seconds) > SAME_SECONDS;
  const stopped = known.playing !== now.playing;
  return {
    ...((jumped || stopped) && { position: Math.round(now.seconds * 1000) }),
    ...(stopped && { isPlaying: now.playing }),
    ...(known.repeat !== now.repeat && { repeat: now.repeat }),
    ...(known.shuffle !== now.shuffle && { shuffle: now.shuffle }),
    ...(known.volume !== now.volume && { volume: now.volume }),
  };
}
