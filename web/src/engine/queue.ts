import type { Track } from "./types";

export type Repeat = "off" | "all" | "one";

/** One place in the queue. The same track may stand in it more than once, so places have their own key. */
export interface QueueEntry {
  readonly key: number;
  readonly track: Track;
}

/** The queue as a value: every function below returns a new one and changes nothing. */
export interface Queue {
  /** In the order they play. */
  readonly entries: readonly QueueEntry[];
  /** The current entry, -1 while the queue is empty. */
  readonly index: number;
  readonly repeat: Repeat;
  /** Keys in the order before shuffling; null while the queue is not shuffled. */
  readonly unshuffled: readonly number[] | null;
  readonly nextKey: number;
}

/** A number from 0 up to 1, like Math.random. */
export type Random = () => number;

export const emptyQueue: Queue = { entries: [], index: -1, repeat: "off", unshuffled: null, nextKey: 1 };

export function currentEntry(queue: Queue): QueueEntry | null {
  return queue.entries[queue.index] ?? null;
}

/** A new list to play from its start index. Repeat stays as it was; a shuffled queue shuffles the new list too. */
export function replaceAll(queue: Queue, tracks: readonly Track[], start: number, random: Random): Queue {
  const entries = number(tracks, queue.nextKey);
  const plain: Queue = {
    ...queue,
    entries,
    index: entries.length === 0 ? -1 : Math.min(Math.max(start, 0), entries.length - 1),
    unshuffled: null,
    nextKey: queue.nextKey + entries.length,
  };
  return queue.unshuffled === null ? plain : shuffle(plain, random);
}

/** A queue as it stands elsewhere, taken over with its keys. The order before a shuffle is not known here. */
export function takeOver(
  entries: readonly QueueEntry[],
  index: number,
  { repeat, shuffled }: { repeat: Repeat; shuffled: boolean },
): Queue {
  const nextKey = entries.reduce((highest, { key }) => Math.max(highest, key), 0) + 1;
  const unshuffled = shuffled ? entries.map(({ key }) => key) : null;
  return { entries, index: entries.length === 0 ? -1 : index, repeat, unshuffled, nextKey };
}

/** Gives entries other keys, by their old ones. */
export function rekey(queue: Queue, keys: ReadonlyMap<number, number>): Queue {
  const renamed = (key: number) => keys.get(key) ?? key;
  return {
    ...queue,
    entries: queue.entries.map((entry) => ({ ...entry, key: renamed(entry.key) })),
    unshuffled: queue.unshuffled?.map(renamed) ?? null,
    nextKey: Math.max(queue.nextKey, ...[...keys.values()].map((key) => key + 1)),
  };
}

/** Adds tracks at the end. */
export function append(queue: Queue, tracks: readonly Track[]): Queue {
  return insert(queue, tracks, queue.entries.length, queue.unshuffled?.length ?? 0);
}

/** Adds tracks right behind the current one. */
export function playNext(queue: Queue, tracks: readonly Track[]): Queue {
  const current = currentEntry(queue);
  const plain = current === null ? -1 : (queue.unshuffled?.indexOf(current.key) ?? -1);
  return insert(queue, tracks, queue.index + 1, plain + 1);
}

/** Takes an entry out. If it was the current one, the one behind it (or the last) becomes current. */
export function remove(queue: Queue, key: number): Queue {
  return removeAll(queue, new Set([key]));
}

/** Takes entries out. If the current one is among them, the next that stays (or the last) becomes current. */
export function removeAll(queue: Queue, keys: ReadonlySet<number>): Queue {
  const entries = queue.entries.filter((entry) => !keys.has(entry.key));
  if (entries.length === queue.entries.length) return queue;
  const before = queue.entries.slice(0, queue.index).filter((entry) => !keys.has(entry.key)).length;
  const unshuffled = queue.unshuffled?.filter((key) => !keys.has(key)) ?? null;
  return { ...queue, entries, index: Math.min(before, entries.length - 1), unshuffled };
}

/** Moves an entry to a place in the play order; the current track goes on playing. */
export function move(queue: Queue, key: number, to: number): Queue {
  return moveAll(queue, new Set([key]), to);
}

/** Moves entries, in their order, to a place among the others; the current track goes on playing. */
export function moveAll(queue: Queue, keys: ReadonlySet<number>, to: number): Queue {
  const moved = queue.entries.filter((entry) => keys.has(entry.key));
  if (moved.length === 0) return queue;
  const entries = queue.entries.filter((entry) => !keys.has(entry.key));
  entries.splice(Math.min(Math.max(to, 0), entries.length), 0, ...moved);
  const current = currentEntry(queue);
  return { ...queue, entries, index: entries.findIndex((entry) => entry.key === current?.key) };
}

/** Keeps what is current and drops everything behind it. */
export function clearUpcoming(queue: Queue): Queue {
  const entries = queue.entries.slice(0, queue.index + 1);
  const kept = new Set(entries.map((entry) => entry.key));
  return { ...queue, entries, unshuffled: queue.unshuffled?.filter((key) => kept.has(key)) ?? null };
}

/** The current entry first, the others in a random order that stays until it is undone. */
export function shuffle(queue: Queue, random: Random): Queue {
  const current = currentEntry(queue);
  const others = queue.entries.filter((entry) => entry.key !== current?.key);
  for (let last = others.length - 1; last > 0; last -= 1) {
    const pick = Math.floor(random() * (last + 1));
    const [a, b] = [others[last], others[pick]];
    if (a !== undefined && b !== undefined) [others[last], others[pick]] = [b, a];
  }
  const unshuffled = queue.unshuffled ?? queue.entries.map((entry) => entry.key);
  if (current === null) return { ...queue, entries: others, unshuffled };
  return { ...queue, entries: [current, ...others], index: 0, unshuffled };
}

/** Brings back the order from before the shuffle, with what was added since at its place. */
export function unshuffle(queue: Queue): Queue {
  if (queue.unshuffled === null) return queue;
  const place = new Map(queue.unshuffled.map((key, at) => [key, at]));
  const entries = [...queue.entries].sort((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0));
  const current = currentEntry(queue);
  return {
    ...queue,
    entries,
    index: entries.findIndex((entry) => entry.key === current?.key),
    unshuffled: null,
  };
}

export function setRepeat(queue: Queue, repeat: Repeat): Queue {
  return { ...queue, repeat };
}

/** Makes an entry the current one. An unknown key changes nothing. */
export function jumpTo(queue: Queue, key: number): Queue {
  const index = queue.entries.findIndex((entry) => entry.key === key);
  return index === -1 ? queue : { ...queue, index };
}

/** The entry behind the current one, or null at the end. A listener's "next" leaves a repeated song. */
export function following(queue: Queue): QueueEntry | null {
  const next = queue.entries[queue.index + 1];
  if (next !== undefined) return next;
  return queue.repeat === "all" ? (queue.entries[0] ?? null) : null;
}

/** What plays when the current song ends by itself. */
export function followingByItself(queue: Queue): QueueEntry | null {
  return queue.repeat === "one" ? currentEntry(queue) : following(queue);
}

/** The entry before the current one, or null at the start. */
export function preceding(queue: Queue): QueueEntry | null {
  const previous = queue.entries[queue.index - 1];
  if (previous !== undefined) return previous;
  return queue.repeat === "all" ? (queue.entries[queue.entries.length - 1] ?? null) : null;
}

/** Replaces what is known of a track wherever it stands, for example when it was liked. */
export function updateTrack(queue: Queue, trackId: number, change: Partial<Track>): Queue {
  const entries = queue.entries.map((entry) =>
    entry.track.id === trackId ? { ...entry, track: { ...entry.track, ...change } } : entry,
  );
  return { ...queue, entries };
}

function number(tracks: readonly Track[], firstKey: number): QueueEntry[] {
  return tracks.map((track, offset) => ({ key: firstKey + offset, track }));
}

function insert(queue: Queue, tracks: readonly Track[], at: number, plainAt: number): Queue {
  if (tracks.length === 0) return queue;
  const added = number(tracks, queue.nextKey);
  const entries = [...queue.entries.slice(0, at), ...added, ...queue.entries.slice(at)];
  const keys = added.map((entry) => entry.key);
  const plain = queue.unshuffled;
  return {
    ...queue,
    entries,
    index: Math.max(queue.index, 0),
    unshuffled: plain === null ? null : [...plain.slice(0, plainAt), ...keys, ...plain.slice(plainAt)],
    nextKey: queue.nextKey + added.length,
  };
}
