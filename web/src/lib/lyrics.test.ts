import { expect, test } from "vitest";

import { lineAt } from "./lyrics";

const lines = [1000, 4000, 4000, 9500].map((at) => ({ at, text: "" }));

test.each([
  [0, -1],
  [0.999, -1],
  [1, 0],
  [3.9, 0],
  [4, 2],
  [9.5, 3],
  [500, 3],
])("at %s seconds it is line %s", (seconds, line) => {
  expect(lineAt(lines, seconds)).toBe(line);
});

test("without lines there is none", () => {
  expect(lineAt([], 3)).toBe(-1);
});
