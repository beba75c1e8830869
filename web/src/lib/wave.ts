/** Peaks (0 to 255) as so many bars (0 to 1): the loudest of each stretch, against the loudest of all. */
export function waveBars(peaks: readonly number[], count: number): number[] {
  const most = peaks.reduce((so, peak) => Math.max(so, peak), 0);
  if (most === 0 || count <= 0) return [];
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / count));
    let loudest = 0;
    for (let place = from; place < to; place += 1) loudest = Math.max(loudest, peaks[place] ?? 0);
    return loudest / most;
  });
}

/** Bars that stand on the bottom line of a box, as the path of a drawing. */
export function wavePath(bars: readonly number[], height: number, pitch: number, width: number): string {
  return bars
    .map((bar, at) => {
      const tall = Math.max(1, Math.round(bar * height));
      return `M${at * pitch} ${height - tall}h${width}v${tall}h${-width}z`;
    })
    .join("");
}
