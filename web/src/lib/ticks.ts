export interface Tick {
  /** 0 to 1 along the rule. */
  readonly at: number;
  readonly seconds: number;
  readonly major: boolean;
}

/** Minor and major distance in seconds, finest first. */
const SCALES = [
  [10, 60],
  [60, 300],
  [300, 1800],
  [1800, 7200],
] as const;
const MOST_TICKS = 60;

/** Where the marks of a rule of this length stand: every 10 seconds and every minute, coarser for long ones. */
export function ticks(duration: number): Tick[] {
  if (!(duration > 0)) return [];
  const [minor, major] = SCALES.find(([step]) => duration / step <= MOST_TICKS) ?? [7200, 36_000];
  const marks: Tick[] = [];
  for (let seconds = 0; seconds <= duration; seconds += minor) {
    marks.push({ at: seconds / duration, seconds, major: seconds % major === 0 });
  }
  return marks;
}
