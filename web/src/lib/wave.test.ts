import { expect, test } from "vitest";

import { waveBars, wavePath } from "./wave";

test("fewer bars than peaks keep the loudest of each stretch", () => {
  expect(waveBars([0, 100, 50, 200, 20, 10], 3)).toEqual([0.5, 1, 0.1]);
});

test("more bars than peaks repeat them", () => {
  expect(waveBars([100, 200], 4)).toEqual([0.5, 0.5, 1, 1]);
});

test("silence, nothing measured and no room draw nothing", () => {
  expect(waveBars([0, 0], 4)).toEqual([]);
  expect(waveBars([], 4)).toEqual([]);
  expect(waveBars([9], 0)).toEqual([]);
});

test("bars stand on the line, and a quiet one can still be seen", () => {
  expect(wavePath([1, 0], 40, 3, 2)).toBe("M0 0h2v40h-2zM3 39h2v1h-2z");
});
