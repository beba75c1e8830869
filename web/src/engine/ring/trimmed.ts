import type { ToRing } from "./messages";
import { toStereo } from "./pcm";

/** Frames that go to the ring together. */
const BATCH = 4096;
/** Seconds of silence at most where samples are missing in the middle. */
const LONGEST_GAP = 10;

export interface Cut {
  /** Samples of the file before the music, at rate. */
  readonly trim: number;
  /** Samples of music, null where only the packets tell. */
  readonly total: number | null;
  /** Hz, of both. */
  readonly rate: number;
  /** Whether the end of the last packet ends the music. */
  readonly byPackets: boolean;
}

export interface Opening {
  readonly generation: number;
  readonly key: number;
  readonly gain: number;
  readonly overlap: number;
  /** Seconds of music to begin with. */
  readonly seconds: number;
  /** Seconds of the track before the file's music. */
  readonly before: number;
}

/**
 * Cuts decoded sound to what is music, fills what is missing, and hands it on in order: what leaves it are the
 * track's samples one by one, whatever a decoder began with.
 */
export class Trimmed {
  private next = -1;
  private last = Number.POSITIVE_INFINITY;
  private waiting: [Float32Array, Float32Array][] = [];
  private frames = 0;
  /** Frames given so far. */
  given = 0;

  constructor(
    private readonly cut: Cut,
    private readonly opening: Opening,
    private readonly send: (sound: ToRing) => void,
  ) {}

  full(): boolean {
    return this.next >= this.last;
  }

  put(at: number, rate: number, planes: Float32Array[], end: number): void {
    if (this.next < 0) this.begin(rate);
    if (this.cut.byPackets) this.last = Math.min(this.limit(rate), Math.round(end * rate));
    const length = planes[0]?.length ?? 0;
    this.fill(at, rate);
    const from = Math.max(0, this.next - at);
    const to = Math.min(length, this.last - at);
    if (to <= from) return;
    const part = planes.map((plane) => (from === 0 && to === length ? plane : plane.slice(from, to)));
    this.add(toStereo(part));
  }

  /** Sends what waits. Where nothing was left to play, that is told too. */
  finish(rate: number): void {
    if (this.next < 0) this.begin(rate);
    this.flush();
  }

  private flush(): void {
    if (this.frames === 0) return;
    const [left, right] = [new Float32Array(this.frames), new Float32Array(this.frames)];
    let at = 0;
    for (const [l, r] of this.waiting) {
      left.set(l, at);
      right.set(r, at);
      at += l.length;
    }
    this.waiting = [];
    this.frames = 0;
    this.send({ kind: "frames", generation: this.opening.generation, left, right });
  }

  private begin(rate: number): void {
    const { seconds, before, generation, key, gain, overlap } = this.opening;
    const start = Math.round(seconds * rate);
    this.next = Math.round((this.cut.trim * rate) / this.cut.rate) + start;
    this.last = this.limit(rate);
    const sample = start + Math.round(before * rate);
    this.send({ kind: "segment", generation, key, sample, sampleRate: rate, gain, overlap });
  }

  private limit(rate: number): number {
    const { trim, total } = this.cut;
    return total === null ? Number.POSITIVE_INFINITY : Math.round(((trim + total) * rate) / this.cut.rate);
  }

  /** Silence up to the place, where something of the file is broken. */
  private fill(at: number, rate: number): void {
    const gap = Math.min(at, this.last) - this.next;
    if (gap <= 0) return;
    const length = Math.min(gap, LONGEST_GAP * rate);
    this.add([new Float32Array(length), new Float32Array(length)]);
  }

  private add(pair: [Float32Array, Float32Array]): void {
    this.waiting.push(pair);
    this.frames += pair[0].length;
    this.next += pair[0].length;
    this.given += pair[0].length;
    if (this.frames >= BATCH) this.flush();
  }
}
