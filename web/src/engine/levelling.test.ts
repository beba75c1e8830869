import { expect, test } from "vitest";

import { levelBy } from "./levelling";

const gain = { track: -6, album: -4, trackPeak: 0.9, albumPeak: 1 };

test("songs are levelled by themselves, or with their album", () => {
  expect(levelBy(gain, "song")).toBe(-6);
  expect(levelBy(gain, "album")).toBe(-4);
});

test("a song without an album that is known whole goes by itself", () => {
  expect(levelBy({ ...gain, album: null, albumPeak: null }, "album")).toBe(-6);
});

test("a quiet song is made no louder than its peak allows", () => {
  expect(levelBy({ ...gain, track: 12, trackPeak: 0.5 }, "song")).toBeCloseTo(6.02, 2);
  expect(levelBy({ ...gain, track: 12, trackPeak: null }, "song")).toBeCloseTo(0, 5);
  expect(levelBy({ ...gain, track: 12, trackPeak: 0 }, "song")).toBe(12);
});
