import { expect, test } from "vitest";

import { formatSince, formatUptime } from "./since";

const now = Date.parse("2026-03-04T12:00:00Z");

test.each([
  ["2026-03-04T11:59:30Z", "now"],
  ["2026-03-04T11:55:00Z", "5 minutes ago"],
  ["2026-03-04T09:00:00Z", "3 hours ago"],
  ["2026-03-03T10:00:00Z", "yesterday"],
  ["2026-02-22T12:00:00Z", "10 days ago"],
])("%s was %s", (time, text) => {
  expect(formatSince(time, "en", now)).toBe(text);
});

test.each([
  [30, "0 min"],
  [3720, "1 hr 2 min"],
  [275_000, "3 days 4 hr"],
])("%s seconds are %s", (seconds, text) => {
  expect(formatUptime(seconds, "en")).toBe(text);
});
