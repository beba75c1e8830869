import { type Kernels, TAPS } from "./sinc";
import type { Chain, Segment, Store } from "./store";

/** Seconds in which old sound gives way to new after a seek. */
const SEEK_FADE = 0.01;

/** A place in a chain that moves on. */
interface Voice {
  chain: Chain;
  /** Of chain.segments. */
  index: number;
  at: number;
}

interface Fade {
  readonly voice: Voice;
  /** Output frames. */
  done: number;
  readonly length: number;
}

/** Reads a store at any pace: joins segments, lets them overlap, and changes from one chain to another. */
export class Reader {
  voice: Voice | null = null;
  private fading: Fade | null = null;
  private readonly weights = new Float32Array(TAPS);

  constructor(
    private readonly store: Store,
    private readonly kernels: Kernels,
    /** Hz, of what is given out. */
    private readonly outputRate: number,
    /** Told when a track begins to sound behind another. */
    private readonly passed: (segment: Segment) => void = () => undefined,
  ) {}

  /** Goes to the beginning of a chain, or so many seconds behind it; what sounds now fades. */
  enter(chain: Chain, seconds: number, fade: boolean): void {
    const old = this.voice;
    this.voice = { chain, index: 0, at: chain.from };
    this.skip(seconds);
    const length = Math.round(SEEK_FADE * this.outputRate);
    this.fading = fade && old !== null ? { voice: old, done: 0, length } : null;
  }

  /** Follows another reader so many seconds of music ahead. */
  lead(other: Reader, seconds: number): void {
    this.voice = other.voice === null ? null : { ...other.voice };
    this.fading = null;
    this.skip(seconds);
  }

  leave(): void {
    this.voice = null;
    this.fading = null;
  }

  segment(): Segment | null {
    return this.voice?.chain.segments[this.voice.index] ?? null;
  }

  /** Frames of the chain that were not read. */
  ahead(): number {
    return this.voice === null ? 0 : Math.max(0, this.voice.chain.to - this.voice.at);
  }

  /** Everything was read and nothing follows. */
  through(): boolean {
    return this.voice !== null && this.voice.chain.final && this.voice.at >= this.voice.chain.to;
  }

  /** The sample of the track at the place, null in silence. */
  sample(): number | null {
    const segment = this.segment();
    return segment === null || this.voice === null ? null : segment.sample + this.voice.at - segment.from;
  }

  /** Seconds that this one is ahead of another in the same track, null where that cannot be said. */
  distance(other: Reader): number | null {
    const [mine, its] = [this.segment(), other.segment()];
    if (mine === null || mine !== its || this.fading !== null || this.voice === null || other.voice === null)
      return null;
    return (this.voice.at - other.voice.at) / mine.rate;
  }

  /** One frame into out, and on by so many seconds of music. */
  read(seconds: number, out: { left: number; right: number }): void {
    const { voice, fading } = this;
    if (voice === null) {
      out.left = 0;
      out.right = 0;
      return;
    }
    this.sound(voice, seconds, out);
    if (fading !== null) this.blend(fading, seconds, out);
    this.move(voice, seconds);
  }

  private blend(fading: Fade, seconds: number, out: { left: number; right: number }): void {
    const angle = ((fading.done + 0.5) / fading.length) * (Math.PI / 2);
    const [up, down] = [Math.sin(angle), Math.cos(angle)];
    const [left, right] = [out.left * up, out.right * up];
    this.sound(fading.voice, seconds, out);
    out.left = left + out.left * down;
    out.right = right + out.right * down;
    this.move(fading.voice, seconds, false);
    fading.done += 1;
    if (fading.done >= fading.length) this.fading = null;
  }

  private sound({ chain, index, at }: Voice, seconds: number, out: { left: number; right: number }): void {
    const segment = chain.segments[index];
    if (segment === undefined || at >= chain.to + TAPS / 2) {
      out.left = 0;
      out.right = 0;
      return;
    }
    const frame = Math.floor(at);
    const step = seconds * segment.rate;
    if (frame === at && Math.abs(step - 1) < 1e-9 && at < chain.to) this.store.frame(frame, out);
    else {
      this.kernels.choose(step);
      this.kernels.weights(at - frame, this.weights);
      this.store.sum(frame, this.weights, chain.from, chain.to, out);
    }
    out.left *= segment.gain;
    out.right *= segment.gain;
  }

  private skip(seconds: number): void {
    const { voice } = this;
    if (voice !== null) this.move(voice, seconds);
    this.fading = null;
  }

  /** On, over joints. A voice that fades stays in its segment. */
  private move(voice: Voice, seconds: number, joins = true): void {
    const segment = voice.chain.segments[voice.index];
    if (segment === undefined) return;
    const step = seconds * segment.rate;
    // A pace of one frame a frame stays one, whatever a division left behind.
    voice.at += Math.abs(step - 1) < 1e-9 ? 1 : step;
    const next = voice.chain.segments[voice.index + 1];
    if (!joins || next === undefined || voice.at < next.from - next.overlap) return;
    this.join(voice, segment, next, seconds);
  }

  private join(voice: Voice, segment: Segment, next: Segment, seconds: number): void {
    const over = voice.at - (next.from - next.overlap);
    const length = Math.round((next.overlap / segment.rate) * (1 / seconds));
    this.fading = length > 0 && seconds < 1e-3 ? { voice: { ...voice }, done: 0, length } : null;
    voice.index += 1;
    const at = next.from + (over * next.rate) / segment.rate;
    voice.at = Math.abs(at - Math.round(at)) < 1e-6 ? Math.round(at) : at;
    this.passed(next);
  }
}
