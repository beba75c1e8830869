/** Frames the ring holds: 16 MB for both channels, 47 s at 44.1 kHz. */
export const CAPACITY = 2 ** 21;
const MASK = CAPACITY - 1;

/** A stretch of one track in the ring. Places are frames counted since the ring was made, never wrapped. */
export interface Segment {
  readonly key: number;
  /** Where it begins. */
  readonly from: number;
  /** The track's sample there. */
  readonly sample: number;
  /** Hz. */
  readonly rate: number;
  readonly gain: number;
  /** Frames of the segment before during which both sound. */
  readonly overlap: number;
}

/** What one generation brought, one behind the other. */
export interface Chain {
  readonly generation: number;
  readonly from: number;
  readonly segments: Segment[];
  /** Behind its last frame. */
  to: number;
  /** Nothing follows, as far as is known. */
  final: boolean;
}

export function newChain(generation: number, from: number): Chain {
  return { generation, from, segments: [], to: from, final: false };
}

/** The memory of the ring: two channels of source samples, read at places between them. */
export class Store {
  readonly left = new Float32Array(CAPACITY);
  readonly right = new Float32Array(CAPACITY);

  write(at: number, left: Float32Array, right: Float32Array): void {
    const start = at % CAPACITY;
    const first = Math.min(left.length, CAPACITY - start);
    this.left.set(left.subarray(0, first), start);
    this.right.set(right.subarray(0, first), start);
    if (first === left.length) return;
    this.left.set(left.subarray(first), 0);
    this.right.set(right.subarray(first), 0);
  }

  /** The sum of both channels around a frame, weighted, into out; what lies outside of from and to is silence. */
  sum(
    frame: number,
    weights: Float32Array,
    from: number,
    to: number,
    out: { left: number; right: number },
  ): void {
    const first = frame - (weights.length / 2 - 1);
    const start = Math.max(0, from - first);
    const end = Math.min(weights.length, to - first);
    const base = ((first % CAPACITY) + CAPACITY) % CAPACITY;
    let [l, r] = [0, 0];
    for (let tap = start; tap < end; tap += 1) {
      const at = (base + tap) & MASK;
      const weight = weights[tap] ?? 0;
      l += (this.left[at] ?? 0) * weight;
      r += (this.right[at] ?? 0) * weight;
    }
    out.left = l;
    out.right = r;
  }

  /** The frame itself. */
  frame(frame: number, out: { left: number; right: number }): void {
    const at = frame % CAPACITY;
    out.left = this.left[at] ?? 0;
    out.right = this.right[at] ?? 0;
  }
}
