import { expect, test } from "vitest";

import { playlistSong } from "@/test/samples";

import { placeAt, tapeOf } from "./tape";

const songs = [60, 120, 2, 30].map((duration, at) => playlistSong(at + 1, { duration }));

test("songs lie one after the other", () => {
  const { parts, total } = tapeOf(songs, 0);
  expect(total).toBe(212);
  expect(parts.map(({ start }) => start)).toEqual([0, 60, 180, 182]);
});

test("numbers that would touch are left out", () => {
  const { parts } = tapeOf(songs, 0.05);
  expect(parts.map(({ labelled }) => labelled)).toEqual([true, true, true, false]);
});

test.each([
  [0, 0, 0],
  [59.5, 0, 59.5],
  [60, 1, 0],
  [181, 2, 1],
  [212, 3, 30],
])("second %s is song %s at %s", (seconds, index, within) => {
  expect(placeAt(tapeOf(songs, 0).parts, seconds)).toEqual({ index, within });
});

test("an empty list has no length", () => {
  expect(tapeOf([], 0.1)).toEqual({ parts: [], total: 0 });
});
