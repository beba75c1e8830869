import type { QueueApplied } from "@/api/types";

/** A place in the queue as the server keeps it. */
export interface Place {
  readonly songId: number;
  readonly entryId: number;
}

/** What was done to a queue. A null stands for the end of it. */
export type QueueEdit =
  | { readonly op: "remove"; readonly entryIds: number[] }
  | { readonly op: "move"; readonly entryIds: number[]; readonly beforeEntryId: number | null }
  | { readonly op: "insert"; readonly songIds: number[]; readonly beforeEntryId: number | null };

/**
 * What makes the second queue of the first: first what goes, then what moves, then what comes. As few places move as
 * can: those that keep their order (a longest increasing subsequence) stay where they are.
 */
export function queueEdits(before: readonly Place[], after: readonly Place[]): QueueEdit[] {
  const wanted = new Set(after.map(({ entryId }) => entryId));
  const had = new Set(before.map(({ entryId }) => entryId));
  const gone = before.filter(({ entryId }) => !wanted.has(entryId)).map(({ entryId }) => entryId);
  const kept = before.filter(({ entryId }) => wanted.has(entryId)).map(({ entryId }) => entryId);
  const order = after.filter(({ entryId }) => had.has(entryId)).map(({ entryId }) => entryId);
  const removal: QueueEdit[] = gone.length > 0 ? [{ op: "remove", entryIds: gone }] : [];
  return [...removal, ...moves(kept, order), ...insertions(after, had)];
}

/** From the end on, so that what a run moves before stands in its place already. */
function moves(from: readonly number[], to: readonly number[]): QueueEdit[] {
  const place = new Map(from.map((id, at) => [id, at]));
  const still = stays(to.map((id) => place.get(id) ?? 0));
  const edits: QueueEdit[] = [];
  let end = to.length;
  while (end > 0) {
    let start = end;
    while (start > 0 && !still.has(start - 1)) start -= 1;
    if (start < end)
      edits.push({ op: "move", entryIds: to.slice(start, end), beforeEntryId: to[end] ?? null });
    end = start === end ? end - 1 : start;
  }
  return edits;
}

/** Where in the list a longest increasing subsequence stands (patience sorting). */
function stays(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, at) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[at] = tails[low - 1] ?? -1;
    tails[low] = at;
  });
  const out = new Set<number>();
  for (let at = tails[tails.length - 1] ?? -1; at >= 0; at = previous[at] ?? -1) out.add(at);
  return out;
}

/** The queue after edits that the server carried out. */
export function edited(queue: readonly Place[], edits: readonly QueueApplied[]): Place[] {
  return edits.reduce<Place[]>(
    (places, edit) => {
      if (edit.op === "clear") return [];
      const named = new Set(edit.entryIds ?? []);
      const rest = places.filter(({ entryId }) => !named.has(entryId));
      const byId = new Map(places.map((place) => [place.entryId, place]));
      const added =
        edit.op === "insert"
          ? (edit.items ?? []).map(({ songId, entryId }) => ({ songId, entryId: entryId ?? 0 }))
          : edit.op === "move"
            ? (edit.entryIds ?? []).flatMap((id) => byId.get(id) ?? [])
            : [];
      const before = rest.findIndex(({ entryId }) => entryId === edit.beforeEntryId);
      return rest.toSpliced(before === -1 ? rest.length : before, 0, ...added);
    },
    [...queue],
  );
}

/** Which entries of the wanted queue got which ids of the server when its edits were carried out. */
export function numbered(
  before: readonly Place[],
  after: readonly Place[],
  edits: readonly QueueApplied[],
): ReadonlyMap<number, number> {
  const had = new Set(before.map(({ entryId }) => entryId));
  const added = after.filter(({ entryId }) => !had.has(entryId));
  const given = edits.flatMap((edit) => (edit.op === "insert" ? (edit.items ?? []) : []));
  const keys = new Map<number, number>();
  added.forEach(({ entryId }, at) => {
    const id = given[at]?.entryId;
    if (id !== undefined && id !== null && id !== entryId) keys.set(entryId, id);
  });
  return keys;
}

function insertions(after: readonly Place[], had: ReadonlySet<number>): QueueEdit[] {
  const edits: QueueEdit[] = [];
  let run: number[] = [];
  const close = (beforeEntryId: number | null) => {
    if (run.length > 0) edits.push({ op: "insert", songIds: run, beforeEntryId });
    run = [];
  };
  for (const place of after) {
    if (had.has(place.entryId)) close(place.entryId);
    else run.push(place.songId);
  }
  close(null);
  return edits;
}
