/** Samples around a place that make the value at it. */
export const TAPS = 32;
/** Places between two samples that are computed beforehand; between those it is interpolated linearly. */
const PHASES = 1024;
/** Of the Kaiser window; the larger the deeper are its side lobes, and the slower its fall. */
const BETA = 8;
/** Finer steps of the cut-off are not worth a table. */
const CUTS_PER_OCTAVE = 16;

/** The zeroth modified Bessel function of the first kind, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** The window at every place of the table; it is the same for all cut-offs, and slow to compute. */
function windows(): Float64Array {
  const out = new Float64Array((PHASES + 1) * TAPS);
  const half = TAPS / 2;
  for (let at = 0; at < out.length; at += 1) {
    const x = place(at) / half;
    out[at] = Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
  }
  return out;
}

/** How far the weight at a place of the table lies from the middle, in samples. */
function place(at: number): number {
  return (at % TAPS) - (TAPS / 2 - 1) - Math.floor(at / TAPS) / PHASES;
}

function table(cut: number, window: Float64Array): Float32Array {
  const out = new Float32Array(window.length);
  for (let row = 0; row < out.length; row += TAPS) {
    let sum = 0;
    for (let at = row; at < row + TAPS; at += 1) {
      const angle = Math.PI * place(at) * cut;
      const value = (angle === 0 ? 1 : Math.sin(angle) / angle) * (window[at] ?? 0);
      out[at] = value;
      sum += value;
    }
    // Constant in, the same constant out, at every place.
    for (let at = row; at < row + TAPS; at += 1) out[at] = (out[at] ?? 0) / sum;
  }
  return out;
}

/** Windowed sinc kernels by how many samples are taken per sample given; more than one needs a low-pass. */
export class Kernels {
  private readonly tables = new Map<number, Float32Array>();
  private cut = 0;
  private rows: Float32Array;
  private readonly window = windows();

  constructor() {
    this.rows = this.of(0);
  }

  /** Chooses the table. A nudge by half a percent folds back only what lies at the very top: no table of its own. */
  choose(step: number): void {
    const cut = step <= 1.01 ? 0 : Math.ceil(Math.log2(step) * CUTS_PER_OCTAVE);
    if (cut !== this.cut) this.rows = this.of(cut);
    this.cut = cut;
  }

  /** Writes the weights for a place so far (0 to 1) behind a sample; the first is for the one 15 before it. */
  weights(fraction: number, out: Float32Array): void {
    const place = fraction * PHASES;
    const phase = Math.floor(place);
    const between = place - phase;
    const row = phase * TAPS;
    const { rows } = this;
    for (let tap = 0; tap < TAPS; tap += 1) {
      const low = rows[row + tap] ?? 0;
      out[tap] = low + ((rows[row + TAPS + tap] ?? 0) - low) * between;
    }
  }

  private of(cut: number): Float32Array {
    const known = this.tables.get(cut) ?? table(2 ** (-cut / CUTS_PER_OCTAVE), this.window);
    this.tables.set(cut, known);
    return known;
  }
}
