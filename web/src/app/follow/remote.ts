import { takeOver, type Queue, type QueueEntry } from "@/engine/queue";

import type { Place } from "./queueEdits";
import type { RemoteState } from "./server";

/**
 * Seconds at which the playback of a state stands now. How old the state was when it was sent the server says by its
 * own clock; how long ago it came this device knows by its own. No two clocks are compared.
 */
export function secondsNow(state: RemoteState, heardAt: number, now: number): number {
  const sent = state.position / 1000;
  if (!state.isPlaying || state.positionAt === null) return sent;
  const age = (Date.parse(state.serverTime) - Date.parse(state.positionAt)) / 1000;
  return sent + (Math.max(0, age) + (now - heardAt) / 1000) * state.playbackSpeed;
}

/**
 * The queue of a state, of the entries that can be played. Where the current one cannot, the next that can is current;
 * moved tells that it is another one.
 */
export function queueOf(
  state: RemoteState,
  places: readonly Place[],
  entries: readonly QueueEntry[],
): { queue: Queue; moved: boolean } {
  const at = state.queueIndex ?? 0;
  const rank = new Map(places.map(({ entryId }, place) => [entryId, place]));
  const found = entries.findIndex(({ key }) => (rank.get(key) ?? 0) >= at);
  const index = found === -1 ? entries.length - 1 : found;
  const moved = rank.get(entries[index]?.key ?? 0) !== at;
  return { queue: takeOver(entries, index, { repeat: state.repeat, shuffled: state.shuffle }), moved };
}
