import { describe, expect, test } from "vitest";

import type { QueueApplied } from "@/api/types";

import { edited, type Place, type QueueEdit, queueEdits } from "./queueEdits";

const places = (...ids: number[]): Place[] => ids.map((entryId) => ({ entryId, songId: entryId * 10 }));

/** What the server answers to edits: those that insert get the ids of the wanted queue. */
function carriedOut(edits: readonly QueueEdit[], after: readonly Place[]): QueueApplied[] {
  const free = [...after];
  return edits.map((edit) => {
    const { op } = edit;
    if (op === "remove") return { op, entryIds: edit.entryIds };
    const before = edit.beforeEntryId === null ? {} : { beforeEntryId: edit.beforeEntryId };
    if (op === "move") return { op, entryIds: edit.entryIds, ...before };
    const items = edit.songIds.flatMap((songId) => free.filter((place) => place.songId === songId));
    return { op, items, ...before };
  });
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
    ["an end", [1], [1, 2, 3], [{ op: "insert", songIds: [20, 30], beforeEntryId: null }]],
    ["a middle", [1, 2], [1, 9, 2], [{ op: "insert", songIds: [90], beforeEntryId: 2 }]],
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
    expect(edited(before, carriedOut(queueEdits(before, after), after))).toEqual(after);
  }
});

test("a full queue that was turned round is not beyond it", () => {
  const ids = Array.from({ length: 10_000 }, (_, at) => at + 1);
  const before = places(...ids);
  const after = [...before].reverse();
  expect(queueEdits(before, after).length).toBeGreaterThan(0);
});
