import type { Command, FromRing, RingState, Told, ToRing } from "./messages";
import { Reader } from "./reader";
import { Kernels } from "./sinc";
import { type Chain, CAPACITY, newChain, type Segment, Store } from "./store";

/** Seconds that must be ready before a start, before a start with the second output, and before going on. */
const START = 0.2;
const START_TAPPED = 0.6;
const RESUME = 1;
/** With less it stops and waits, seconds. */
const LEAST = 0.05;
/** Seconds: fades when starting within a song and stopping; the way of the volume and of a report. */
const RAMP = 0.01;
const VOLUME_RAMP = 0.02;
const REPORT = 0.05;
/** Seconds in which the second output comes back to its distance after the pace changed. */
const TAP_CATCH_UP = 0.05;

interface Listeners {
  readonly tell: (told: Told) => void;
  readonly filled: (state: FromRing) => void;
}

/** The ring without its worklet: takes commands and sound, gives frames. All times are those of the output. */
export class Ring {
  private readonly store = new Store();
  private readonly main: Reader;
  private readonly second: Reader;
  private readonly one = { left: 0, right: 0 };
  private incoming: Chain | null = null;
  private written = 0;
  private wanted = false;
  private buffering = true;
  /** The frame to start at, null: at once. */
  private startAt: number | null = null;
  private gate = 0;
  private volume = 1;
  private volumeWanted = 1;
  private rate = 1;
  private rateWanted = 1;
  private glide = 0;
  private tapAhead: number | null = null;
  private underruns = 0;
  private reportIn = 0;
  private ended = false;

  constructor(
    private readonly outputRate: number,
    private readonly listeners: Listeners,
  ) {
    const kernels = new Kernels();
    this.main = new Reader(this.store, kernels, outputRate, (segment) => this.passed(segment));
    this.second = new Reader(this.store, kernels, outputRate);
  }

  command(command: Exclude<Command, { kind: "fill" }>): void {
    switch (command.kind) {
      case "load":
        return this.load(command.generation, command.keep);
      case "play":
        this.wanted = true;
        this.startAt = command.frame;
        return;
      case "pause":
        this.wanted = false;
        this.startAt = null;
        return;
      case "volume":
        this.volumeWanted = command.amplitude;
        return;
      case "rate":
        this.rateWanted = command.rate;
        this.glide = command.seconds <= 0 ? 1 : 1 - Math.exp(-1 / (command.seconds * this.outputRate));
        return;
      case "tap":
        this.tapAhead = command.ahead;
        if (command.ahead !== null) this.second.lead(this.main, command.ahead * this.rate);
    }
  }

  take(sound: ToRing): void {
    const chain = this.filling();
    if (chain === null || sound.generation !== chain.generation) return;
    switch (sound.kind) {
      case "segment":
        return this.begin(chain, sound);
      case "frames":
        this.store.write(this.written, sound.left, sound.right);
        this.written += sound.left.length;
        chain.to = this.written;
        return;
      case "end":
        chain.final = true;
        return;
      case "cut":
        return this.cut(chain, sound.key);
    }
  }

  /** Fills both outputs; frame is the first one's number. */
  render(frame: number, dry: Float32Array[], ahead: Float32Array[]): void {
    const length = dry[0]?.length ?? 0;
    this.arrive();
    const from = this.begins(frame, length);
    for (let at = 0; at < length; at += 1) {
      this.ramp();
      const sounds = at >= from && !this.ended && (this.gate > 0 || this.open());
      this.put(dry, ahead, at, sounds);
    }
    this.settle();
    this.reportIn -= length;
    if (this.reportIn <= 0) this.report(frame + length);
  }

  /** Where in the quantum sound may begin: behind its end while a later start is waited for. */
  private begins(frame: number, length: number): number {
    if (this.startAt === null) return 0;
    if (!this.wanted || this.buffering || this.startAt >= frame + length) return length;
    const from = this.startAt - frame;
    this.startAt = null;
    if (from < 0) this.main.read((-from / this.outputRate) * this.rate, this.one);
    this.tapAgain();
    return Math.max(0, from);
  }

  private open(): boolean {
    return this.wanted && !this.buffering;
  }

  private ramp(): void {
    const step = 1 / (RAMP * this.outputRate);
    const target = this.open() && this.startAt === null ? 1 : 0;
    // The first sample of a song is not faded in.
    if (target === 1 && this.gate === 0 && this.main.sample() === 0) this.gate = 1;
    this.gate =
      Math.abs(target - this.gate) <= step ? target : this.gate + Math.sign(target - this.gate) * step;
    const most = 1 / (VOLUME_RAMP * this.outputRate);
    const far = this.volumeWanted - this.volume;
    this.volume = Math.abs(far) <= most ? this.volumeWanted : this.volume + Math.sign(far) * most;
    if (this.rate === this.rateWanted) return;
    this.rate += (this.rateWanted - this.rate) * this.glide;
    if (Math.abs(this.rate - this.rateWanted) < 1e-7) this.rate = this.rateWanted;
  }

  private put(dry: Float32Array[], ahead: Float32Array[], at: number, sounds: boolean): void {
    const { one } = this;
    const amplitude = this.gate * this.volume;
    const step = this.rate / this.outputRate;
    if (sounds) this.main.read(step, one);
    write(dry, at, one, sounds ? amplitude : 0);
    const tapped = sounds && this.tapAhead !== null;
    if (tapped) this.second.read(step + this.lag(), one);
    write(ahead, at, one, tapped ? amplitude : 0);
  }

  /** What the second output takes more or less a frame, to come back to its distance. */
  private lag(): number {
    const distance = this.second.distance(this.main);
    if (distance === null || this.tapAhead === null) return 0;
    const far = this.tapAhead * this.rate - distance;
    return Math.abs(far) < 1e-6 ? 0 : far / (TAP_CATCH_UP * this.outputRate);
  }

  private load(generation: number, keep: boolean): void {
    const old = this.incoming;
    if (old !== null) this.written = old.from;
    this.incoming = newChain(generation, this.written);
    this.ended = false;
    this.startAt = null;
    if (keep) return;
    this.main.leave();
    this.second.leave();
    this.gate = 0;
    this.buffering = true;
  }

  /** New sound takes over once there is enough of it. */
  private arrive(): void {
    const chain = this.incoming;
    if (chain !== null && this.enough(chain, this.tapAhead === null ? START : START_TAPPED)) {
      this.incoming = null;
      this.main.enter(chain, 0, this.gate > 0);
      this.tapAgain();
      this.buffering = false;
      this.reportIn = 0;
    }
    if (this.buffering && chain === null && this.main.voice !== null) {
      this.buffering = !this.enough(this.main.voice.chain, RESUME, this.main.ahead());
    }
  }

  private tapAgain(): void {
    if (this.tapAhead !== null) this.second.lead(this.main, this.tapAhead * this.rate);
  }

  private enough(chain: Chain, seconds: number, frames = chain.to - chain.from): boolean {
    const rate = chain.segments[0]?.rate ?? this.outputRate;
    return chain.segments.length > 0 && (chain.final || frames >= seconds * rate);
  }

  /** Looks whether there is something to play in the next quantum. */
  private settle(): void {
    const { voice } = this.main;
    if (voice === null || !this.open()) return;
    if (this.main.through()) {
      if (!this.ended) this.reportIn = 0;
      this.ended = true;
      voice.at = voice.chain.to;
      return;
    }
    this.ended = false;
    const rate = this.main.segment()?.rate ?? this.outputRate;
    if (voice.chain.final || this.main.ahead() >= LEAST * rate) return;
    this.buffering = true;
    if (this.incoming === null) this.underruns += 1;
    this.reportIn = 0;
  }

  private begin(chain: Chain, sound: Extract<ToRing, { kind: "segment" }>): void {
    const before = chain.segments.at(-1);
    const overlap = before === undefined ? 0 : Math.floor(sound.overlap * before.rate);
    const room = before === undefined ? 0 : this.written - Math.max(before.from, this.main.voice?.at ?? 0);
    chain.segments.push({
      key: sound.key,
      from: this.written,
      sample: sound.sample,
      rate: sound.sampleRate,
      gain: sound.gain,
      overlap: Math.max(0, Math.min(overlap, room)),
    });
    chain.final = false;
  }

  private cut(chain: Chain, key: number): void {
    const at = chain.segments.findIndex((segment) => segment.key === key);
    const segment = chain.segments[at];
    const begun = this.main.voice?.chain === chain ? this.main.voice.index : 0;
    if (segment === undefined || at <= begun) return;
    chain.segments.splice(at);
    this.written = segment.from;
    chain.to = segment.from;
    chain.final = true;
  }

  private filling(): Chain | null {
    return this.incoming ?? this.main.voice?.chain ?? null;
  }

  private passed(segment: Segment): void {
    const generation = this.main.voice?.chain.generation ?? 0;
    this.listeners.tell({ kind: "passed", generation, key: segment.key });
    this.reportIn = 0;
  }

  private state(): RingState {
    if (this.main.voice === null || this.incoming !== null) return this.wanted ? "waiting" : "empty";
    if (this.ended) return "ended";
    if (!this.wanted) return "paused";
    return this.buffering || this.startAt !== null ? "waiting" : "playing";
  }

  private report(frame: number): void {
    this.reportIn = REPORT * this.outputRate;
    const chain = this.filling();
    const ahead = this.incoming === null ? this.main.ahead() : this.incoming.to - this.incoming.from;
    if (chain !== null) this.listeners.filled({ generation: chain.generation, ahead });
    const segment = this.main.segment();
    this.listeners.tell({
      kind: "report",
      generation: this.main.voice?.chain.generation ?? 0,
      state: this.state(),
      key: segment?.key ?? 0,
      sample: this.main.sample() ?? 0,
      sampleRate: segment?.rate ?? this.outputRate,
      rate: this.rate,
      frame,
      ahead: ahead / (segment?.rate ?? this.outputRate),
      underruns: this.underruns,
    });
  }
}

function write(
  to: Float32Array[],
  at: number,
  from: { left: number; right: number },
  amplitude: number,
): void {
  const [left, right] = to;
  if (left !== undefined) left[at] = amplitude === 0 ? 0 : from.left * amplitude;
  if (right !== undefined) right[at] = amplitude === 0 ? 0 : from.right * amplitude;
}

/** The most frames that may wait in the ring, so that a seek's new sound finds room beside the old one. */
export const MOST_AHEAD = CAPACITY / 2 - 2 ** 14;
