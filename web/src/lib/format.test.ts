import { expect, test } from "vitest";

import { formatBytes, formatDate, formatDecimal, formatMoment, formatNumber, formatTime } from "./format";

test.each([
  [0, "0:00"],
  [7, "0:07"],
  [187.9, "3:07"],
  [2467, "41:07"],
  [3753, "1:02:33"],
  [36000, "10:00:00"],
  [-4, "0:00"],
  [Number.NaN, "0:00"],
  [Number.POSITIVE_INFINITY, "0:00"],
])("%s seconds read %s", (seconds, text) => {
  expect(formatTime(seconds)).toBe(text);
});

test("numbers follow the language", () => {
  expect(formatNumber(104212, "en")).toBe("104,212");
  expect(formatNumber(104212, "de")).toBe("104.212");
});

test("decimals follow the language, with a true minus", () => {
  expect(formatDecimal(-7.516, 2, "en")).toBe("−7.52");
  expect(formatDecimal(-7.5, 2, "de")).toBe("−7,50");
  expect(formatDecimal(0.98, 3, "en")).toBe("0.980");
});

test("bytes use the largest unit above one", () => {
  expect(formatBytes(0, "en")).toBe("0 bytes");
  expect(formatBytes(999_000, "en")).toBe("999 kB");
  expect(formatBytes(11_400_000, "en")).toBe("11.4 MB");
});

test("dates follow the language", () => {
  expect(formatDate("2026-03-04T12:00:00Z", "en")).toBe("Mar 4, 2026");
});

test("a moment is told as people would", () => {
  const now = new Date(2026, 2, 4, 12, 0);
  const at = (day: number, hour: number) => new Date(2026, 2, day, hour, 5).toISOString();
  expect(formatMoment(at(4, 9), "en", now)).toMatch(/^today, 9:05\sAM$/);
  expect(formatMoment(at(3, 23), "de", now)).toBe("gestern, 23:05");
  expect(formatMoment(at(1, 23), "de", now)).toBe("vor 3 Tagen, 23:05");
  expect(formatMoment(new Date(2026, 1, 1).toISOString(), "en", now)).toBe("Feb 1, 2026");
});
