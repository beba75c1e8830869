import { expect, test } from "vitest";

import { COLUMN_ORDER, fittingColumns, USUAL_COLUMNS } from "./songColumns";

test("columns stay as long as there is room, the ones of least worth go first", () => {
  expect(fittingColumns(USUAL_COLUMNS, 1200)).toEqual(USUAL_COLUMNS);
  expect(fittingColumns(USUAL_COLUMNS, 760)).toEqual(["artist", "album", "year", "liked"]);
  expect(fittingColumns(USUAL_COLUMNS, 0)).toEqual([]);
});

test("what was not chosen never stands there, and the order is that of the table", () => {
  expect(fittingColumns(["plays", "artist"], 2000)).toEqual(["artist", "plays"]);
  expect(fittingColumns([...COLUMN_ORDER].reverse(), 5000)).toEqual(COLUMN_ORDER);
});
