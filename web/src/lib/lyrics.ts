/** A line of a song with the moment it begins. */
export interface TimedLine {
  /** Milliseconds from the song's beginning. */
  readonly at: number;
  readonly text: string;
}

/** Which line is sung at this moment: the last that has begun, -1 before the first. Lines are in the order of their times. */
export function lineAt(lines: readonly TimedLine[], seconds: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.at ?? 0) <= seconds * 1000) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
