import { describe, expect, test } from "vitest";

import { tracks } from "@/test/tracks";

import * as queues from "./queue";

const never = () => 0;
const filled = (...ids: number[]) => queues.replaceAll(queues.emptyQueue, tracks(...ids), 0, never);
const ids = (queue: queues.Queue) => queue.entries.map((entry) => entry.track.id);
const current = (queue: queues.Queue) => queues.currentEntry(queue)?.track.id;
const keyOf = (queue: queues.Queue, id: number) =>
  queue.entries.find((entry) => entry.track.id === id)?.key ?? -1;
const at = (queue: queues.Queue, id: number) => queues.jumpTo(queue, keyOf(queue, id));

test("a new list starts where it was pressed", () => {
  expect(current(queues.replaceAll(queues.emptyQueue, tracks(1, 2, 3), 2, never))).toBe(3);
  expect(queues.replaceAll(queues.emptyQueue, [], 0, never).index).toBe(-1);
});

test("next plays right behind the current song, later ones at the end", () => {
  const queue = queues.append(queues.playNext(at(filled(1, 2, 3), 2), tracks(8)), tracks(9));
  expect(ids(queue)).toEqual([1, 2, 8, 3, 9]);
  expect(current(queue)).toBe(2);
});

test("adding to an empty queue makes its first song current", () => {
  expect(current(queues.append(queues.emptyQueue, tracks(4, 5)))).toBe(4);
});

describe("removing", () => {
  test.each([
    [1, [2, 3], 2],
    [2, [1, 3], 3],
    [3, [1, 2], 2],
  ])("%i keeps or moves the current song", (gone, left, now) => {
    const queue = queues.remove(at(filled(1, 2, 3), 2), keyOf(filled(1, 2, 3), gone));
    expect(ids(queue)).toEqual(left);
    expect(current(queue)).toBe(now);
  });

  test("the last entry leaves an empty queue", () => {
    const queue = queues.remove(filled(1), keyOf(filled(1), 1));
    expect(queue.index).toBe(-1);
    expect(queues.currentEntry(queue)).toBeNull();
  });
});

test("moving goes to the place and keeps the current song", () => {
  const queue = queues.move(at(filled(1, 2, 3, 4), 2), keyOf(filled(1, 2, 3, 4), 4), 0);
  expect(ids(queue)).toEqual([4, 1, 2, 3]);
  expect(current(queue)).toBe(2);
  expect(ids(queues.move(queue, keyOf(queue, 4), 99))).toEqual([1, 2, 3, 4]);
});

describe("shuffling", () => {
  test("keeps every song once and puts the current one first", () => {
    const queue = queues.shuffle(at(filled(1, 2, 3, 4, 5), 3), () => 0.4);
    expect(current(queue)).toBe(3);
    expect(queue.index).toBe(0);
    expect([...ids(queue)].sort()).toEqual([1, 2, 3, 4, 5]);
    expect(ids(queue)).not.toEqual([3, 1, 2, 4, 5]);
  });

  test("undone, the old order is back and the song goes on", () => {
    const queue = queues.unshuffle(
      at(
        queues.shuffle(filled(1, 2, 3, 4, 5), () => 0.4),
        4,
      ),
    );
    expect(ids(queue)).toEqual([1, 2, 3, 4, 5]);
    expect(current(queue)).toBe(4);
  });

  test("what was added or removed meanwhile has its place when it is undone", () => {
    const shuffled = at(queues.shuffle(filled(1, 2, 3), never), 2);
    const changed = queues.remove(
      queues.append(queues.playNext(shuffled, tracks(8)), tracks(9)),
      keyOf(shuffled, 3),
    );
    expect(ids(queues.unshuffle(changed))).toEqual([1, 2, 8, 9]);
  });

  test("stays on for the next list", () => {
    const queue = queues.replaceAll(queues.shuffle(filled(1, 2), never), tracks(5, 6, 7), 1, never);
    expect(current(queue)).toBe(6);
    expect(queue.unshuffled).not.toBeNull();
  });
});

describe("what follows", () => {
  const last = at(filled(1, 2, 3), 3);
  test.each([
    ["off", undefined, undefined],
    ["all", 1, 1],
    ["one", undefined, 3],
  ] as const)("the last song when repeat is %s", (repeat, byHand, byItself) => {
    const queue = queues.setRepeat(last, repeat);
    expect(queues.following(queue)?.track.id).toBe(byHand);
    expect(queues.followingByItself(queue)?.track.id).toBe(byItself);
  });

  test("before the first song is the last one only when all repeat", () => {
    const first = filled(1, 2, 3);
    expect(queues.preceding(first)).toBeNull();
    expect(queues.preceding(queues.setRepeat(first, "all"))?.track.id).toBe(3);
  });
});

test("clearing keeps what was played and what plays", () => {
  expect(ids(queues.clearUpcoming(at(filled(1, 2, 3, 4), 2)))).toEqual([1, 2]);
});

test("a like shows wherever the song stands", () => {
  const queue = queues.updateTrack(filled(1, 2, 1), 1, { liked: true });
  expect(queue.entries.map((entry) => entry.track.liked)).toEqual([true, false, true]);
});

test("the same song may stand in the queue twice", () => {
  const queue = filled(1, 1, 1);
  expect(new Set(queue.entries.map((entry) => entry.key)).size).toBe(3);
});

test("several entries move together, in their order, and the current one plays on", () => {
  const queue = at(filled(1, 2, 3, 4, 5), 2);
  const keys = new Set([keyOf(queue, 5), keyOf(queue, 3)]);
  expect(ids(queues.moveAll(queue, keys, 2))).toEqual([1, 2, 3, 5, 4]);
  expect(ids(queues.moveAll(queue, keys, 99))).toEqual([1, 2, 4, 3, 5]);
  const first = queues.moveAll(queue, keys, 0);
  expect(ids(first)).toEqual([3, 5, 1, 2, 4]);
  expect(current(first)).toBe(2);
  expect(queues.moveAll(queue, new Set([99]), 0)).toBe(queue);
});

test("several entries go together; without the current one the next that stays is current", () => {
  const queue = queues.shuffle(at(filled(1, 2, 3, 4, 5), 1), never);
  const without = (...gone: number[]) => queues.removeAll(queue, new Set(gone.map((id) => keyOf(queue, id))));
  const order = ids(queue);
  const fewer = without(order[1] ?? 0, order[3] ?? 0);
  expect(ids(fewer)).toEqual([order[0], order[2], order[4]]);
  expect(current(without(order[0] ?? 0, order[1] ?? 0))).toBe(order[2]);
  expect(ids(queues.unshuffle(fewer))).toEqual([...ids(fewer)].sort());
  expect(without(1, 2, 3, 4, 5).index).toBe(-1);
});
