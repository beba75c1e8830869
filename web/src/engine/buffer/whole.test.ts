import { expect, test } from "vitest";

import { musicIn } from "./whole";

const sound = { sampleRate: 44_100, startTrim: 1105, totalSamples: 44_100, trimSource: "lame" };

test.each([
  ["a browser that trims", { length: 44_100, sampleRate: 44_100 }, 0, 44_100],
  ["one that does not", { length: 46_000, sampleRate: 44_100 }, 1105, 44_100],
  ["one that leaves the end", { length: 44_900, sampleRate: 44_100 }, 0, 44_100],
  ["another rate", { length: 48_000, sampleRate: 48_000 }, 0, 48_000],
  ["another rate, not trimmed", { length: 50_100, sampleRate: 48_000 }, 1203, 48_000],
  ["a file that was cut short", { length: 20_000, sampleRate: 44_100 }, 0, 20_000],
])("finds the music of %s", (_, buffer, from, length) => {
  const found = musicIn(buffer, sound);
  expect([found.from * buffer.sampleRate, found.length * buffer.sampleRate].map(Math.round)).toEqual([
    from,
    length,
  ]);
});

test("of what is not measured everything is music", () => {
  expect(musicIn({ length: 96_000, sampleRate: 48_000 }, null)).toEqual({ from: 0, length: 2 });
});
