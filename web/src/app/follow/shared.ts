import type { PlaybackChange } from "@/api/types";

import { edited, type Place, type QueueEdit, queueEdits } from "./queueEdits";
import type { PlaybackNews } from "./server";
import { currentKey, difference, nowhere, placesOf, sameOrder, type Standing } from "./standing";

/** More edits than these are sent as a whole queue. */
const MOST_EDITS = 50;

/** What all devices of a listener have in common, as far as this one was told. */
export interface Shared {
  readonly standing: Standing;
  /** The server's queue, songs that are gone included. */
  readonly places: readonly Place[];
  /** Undefined while the server has not answered. */
  readonly revision: number | undefined;
  readonly queueRevision: number;
  readonly active: string | null;
}

export const nothingShared: Shared = {
  standing: nowhere,
  places: [],
  revision: undefined,
  queueRevision: -1,
  active: null,
};

/** What is shared after the server told of a state, whose queue is one it left out, or known by what was done to it. */
export function told(shared: Shared, { state, edits, editsFrom }: PlaybackNews): Shared {
  const { revision, queueRevision, activeDeviceId: active } = state;
  if (state.queue !== undefined) return { ...shared, revision, active, places: state.queue, queueRevision };
  if (edits === undefined || editsFrom !== shared.queueRevision) return { ...shared, revision, active };
  return { ...shared, revision, active, places: edited(shared.places, edits), queueRevision };
}

/** What is to be sent: edits of the queue first, then the change, which carries the whole queue where edits do not do. */
export interface Outgoing {
  readonly edits: readonly QueueEdit[];
  readonly change: PlaybackChange | null;
}

/** Who sends, and whether that is to be the active device. */
export interface Sender {
  readonly deviceId: string;
  readonly claims: boolean;
}

/** What tells the others where this device stands. The device that is to be active claims the playback. */
export function outgoing(shared: Shared, here: Standing, sender: Sender): Outgoing {
  const known = shared.standing;
  const edits = sameOrder(known.entries, here.entries)
    ? []
    : queueEdits(placesOf(known.entries), placesOf(here.entries));
  const whole =
    edits.length > MOST_EDITS ||
    (edits.length > 0 && (known.entries.length === 0 || known.shuffle !== here.shuffle));
  if (edits.length > 0 && !whole) return { edits, change: null };
  return { edits: [], change: changeOf(shared, here, sender, whole) };
}

function changeOf(shared: Shared, here: Standing, sender: Sender, whole: boolean): PlaybackChange | null {
  const { standing: known, revision, active } = shared;
  const claims = sender.claims && active !== sender.deviceId;
  const moved = whole || currentKey(known) !== currentKey(here);
  const queue = placesOf(whole ? here.entries : []);
  const change: PlaybackChange = {
    ...difference(known, here),
    ...(claims && {
      activeDeviceId: sender.deviceId,
      isPlaying: here.playing,
      position: Math.round(here.seconds * 1000),
    }),
    ...(whole && { queue }),
    ...(moved && { currentSongId: here.songId, ...placeOf(here, whole) }),
  };
  if (Object.keys(change).length === 0) return null;
  return { ...change, ...(revision !== undefined && { revision }), deviceId: sender.deviceId };
}

/** A new queue is pointed into by place: its entries may get other ids. */
function placeOf(here: Standing, whole: boolean): PlaybackChange {
  return whole
    ? { queueIndex: here.index < 0 ? null : here.index }
    : { currentEntryId: currentKey(here) || null };
}
