import { expect, test } from "vitest";

import { fold, matches } from "./fold";

test.each([
  ["Sølvberg", "solvberg"],
  ["Straße", "strasse"],
  ["ŁÓDŹ", "lodz"],
  ["Ænima", "aenima"],
  ["Beyoncé", "beyonce"],
  ["夜の回線", "夜の回線"],
])("%s folds to %s", (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test("words match in any order and by their beginning", () => {
  expect(matches("Tide Table, Revised", "rev tid")).toBe(true);
  expect(matches("Tide Table, Revised", "able")).toBe(false);
  expect(matches("Tide Table", "  ")).toBe(true);
});
