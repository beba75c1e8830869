import { expect, test } from "vitest";

import { ticks } from "./ticks";

test("a song has a mark every ten seconds, a longer one every minute", () => {
  const marks = ticks(125);
  expect(marks).toHaveLength(13);
  expect(marks.filter((mark) => mark.major).map((mark) => mark.seconds)).toEqual([0, 60, 120]);
  expect(marks[6]?.at).toBeCloseTo(0.48);
});

test("a long recording gets coarser marks instead of more", () => {
  expect(ticks(3600).length).toBeLessThanOrEqual(61);
  expect(ticks(86_400).length).toBeLessThanOrEqual(61);
});

test.each([0, -1, Number.NaN])("%s seconds have no marks", (duration) => {
  expect(ticks(duration)).toEqual([]);
});
