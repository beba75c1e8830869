import { describe, expect, test } from "vitest";

import { type Place, type QueueEdit, queueEdits } from "./queueEdits";

const places = (...ids: number[]): Place[] => ids.map((entryId) => ({ entryId, songId: entryId * 10 }));

/** What a server makes of the edits, written as plainly as can be. */
function applied(queue: readonly Place[], edits: readonly QueueEdit[]): Place[] {
  let places = [...queue];
  const put = (added: Place[], before: number | null) => {
    const at = before === null ? places.length : places.findIndex(({ entryId }) => entryId === before);
    if (at === -1) throw new Error(`an edit names ${before}, which is not there`);
    places.splice(at, 0, ...added);
  };
  for (const edit of edits) {
    if (edit.op === "insert") {
      put(edit.items, edit.beforeEntryId);
      continue;
    }
    const taken = edit.entryIds.flatMap((id) => places.filter(({ entryId }) => entryId === id));
    places = places.filter(({ entryId }) => !edit.entryIds.includes(entryId));
    if (edit.op === "move") put(taken, edit.beforeEntryId);
  }
  return places;
}

/** Numbers that are the same in every run (a linear congruential generator, constants of Numerical Recipes). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("one thing done is one edit", () => {
  test.each<[string, number[], number[], QueueEdit[]]>([
    ["nothing", [1, 2, 3], [1, 2, 3], []],
    ["an end", [1], [1, 2, 3], [{ op: "insert", items: places(2, 3), beforeEntryId: null }]],
    ["a middle", [1, 2], [1, 9, 2], [{ op: "insert", items: places(9), beforeEntryId: 2 }]],
    ["a removal", [1, 2, 3, 4], [1, 4], [{ op: "remove", entryIds: [2, 3] }]],
    ["up", [1, 2, 3, 4], [1, 4, 2, 3], [{ op: "move", entryIds: [4], beforeEntryId: 2 }]],
    ["down", [1, 2, 3, 4], [2, 3, 4, 1], [{ op: "move", entryIds: [1], beforeEntryId: null }]],
    ["a block", [1, 2, 3, 4, 5], [3, 4, 5, 1, 2], [{ op: "move", entryIds: [1, 2], beforeEntryId: null }]],
    ["all gone", [1, 2], [], [{ op: "remove", entryIds: [1, 2] }]],
  ])("%s", (_, before, after, edits) => {
    expect(queueEdits(places(...before), places(...after))).toEqual(edits);
  });
});

test("any queue becomes any other", () => {
  const pick = numbers(7);
  for (let round = 0; round < 500; round += 1) {
    const some = () => {
      const ids = Array.from({ length: 12 }, (_, at) => at + 1).filter(() => pick(3) > 0);
      for (let last = ids.length - 1; last > 0; last -= 1) {
        const other = pick(last + 1);
        [ids[last], ids[other]] = [ids[other] ?? 0, ids[last] ?? 0];
      }
      return places(...ids);
    };
    const [before, after] = [some(), some()];
    expect(applied(before, queueEdits(before, after))).toEqual(after);
  }
});

test("a full queue that was turned round is not beyond it", () => {
  const ids = Array.from({ length: 10_000 }, (_, at) => at + 1);
  const before = places(...ids);
  const after = [...before].reverse();
  expect(queueEdits(before, after).length).toBeGreaterThan(0);
});
