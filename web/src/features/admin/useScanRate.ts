import { useState } from "react";

import type { ScanState } from "@/api/types";

interface Sample {
  readonly scan: ScanState;
  readonly at: number;
  readonly rate: number | null;
}

/**
 * Files a second: between the last two answers while it runs, over the whole scan afterwards; null if unknown.
 * `at` is when the answer came, in milliseconds.
 */
export function useScanRate(scan: ScanState, at: number): number | null {
  const [last, setLast] = useState<Sample>(() => ({ scan, at, rate: overall(scan) }));
  if (last.at === at) return last.rate;
  const seconds = (at - last.at) / 1000;
  const goesOn = scan.running && last.scan.running && scan.startedAt === last.scan.startedAt;
  const rate = goesOn && seconds > 0 ? Math.round((scan.seen - last.scan.seen) / seconds) : overall(scan);
  setLast({ scan, at, rate });
  return rate;
}

function overall({ startedAt, finishedAt, seen }: ScanState): number | null {
  if (startedAt === null || finishedAt === null) return null;
  const seconds = (new Date(finishedAt).getTime() - new Date(startedAt).getTime()) / 1000;
  // What took a moment says nothing about speed.
  return seconds >= 1 ? Math.round(seen / seconds) : null;
}
