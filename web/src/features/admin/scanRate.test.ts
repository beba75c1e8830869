import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import type { ScanState } from "@/api/types";

import { useScanRate } from "./useScanRate";

const scan: ScanState = {
  running: true,
  seen: 0,
  added: 0,
  updated: 0,
  missing: 0,
  failed: 0,
  read: 0,
  total: 0,
  perSecond: null,
  secondsLeft: null,
  startedAt: "2026-03-04T12:00:00Z",
  finishedAt: null,
};

test("the rate is taken between two answers, and over everything at the end", () => {
  const { result, rerender } = renderHook(({ state, at }) => useScanRate(state, at), {
    initialProps: { state: scan, at: 1000 },
  });
  expect(result.current).toBeNull();
  rerender({ state: { ...scan, seen: 300 }, at: 3000 });
  expect(result.current).toBe(150);
  rerender({ state: { ...scan, seen: 1000, running: false, finishedAt: "2026-03-04T12:00:10Z" }, at: 4000 });
  expect(result.current).toBe(100);
});

test("a scan that took a moment has no rate", () => {
  const finished = { ...scan, running: false, seen: 8, finishedAt: "2026-03-04T12:00:00.006Z" };
  expect(renderHook(() => useScanRate(finished, 1000)).result.current).toBeNull();
});
