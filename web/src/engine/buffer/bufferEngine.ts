import { clamp } from "@/lib/clamp";
import { Emitter, type Unsubscribe } from "@/lib/emitter";

import { Power } from "../power";
import type {
  About,
  Engine,
  EngineEvents,
  EngineState,
  ExactResolver,
  FailureReason,
  Hindrance,
  LoadOptions,
  Placement,
  Position,
  Track,
  Vibe,
} from "../types";

import { type Playing, startNode } from "./node";
import { fetchWhole, type Whole, WholeFailure } from "./whole";

/** Seconds before the end at which the next track is fetched. */
const LOOK_AHEAD = 60;
/** Seconds between an order and its sound, so that it begins at a frame that is still to come. */
const LEAD = 0.03;
const PROGRESS_MS = 250;
/** Sources that are tried for one track. */
const MOST_ATTEMPTS = 3;

export interface BufferEngineOptions {
  readonly context: AudioContext;
  readonly resolve: ExactResolver;
  /** Why it is not the ring. */
  readonly why: Hindrance | null;
  readonly output?: AudioNode;
  readonly now?: () => number;
}

interface Slot {
  readonly track: Track;
  readonly abort: AbortController;
  whole: Whole | null;
  playing: Playing | null;
  failed: FailureReason | null;
}

/**
 * For browsers without a worklet or a decoder of packets, and for pages over plain http: whole tracks are decoded and
 * scheduled one behind the other on the audio clock, so joints stay exact. It costs memory and the wait for a file.
 */
export class BufferEngine implements Engine {
  private readonly events = new Emitter<EngineEvents>();
  private readonly now: () => number;
  private readonly power: Power;
  private readonly gain: GainNode;
  private current: Slot | null = null;
  private upcoming: Slot | null = null;
  private next: Track | null = null;
  private condition: EngineState = { kind: "idle" };
  private wanted = false;
  private target = 0;
  private startFrame: number | null = null;
  private speed = 1;
  private pace = 1;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: BufferEngineOptions) {
    this.now = options.now ?? (() => performance.now());
    this.gain = new GainNode(options.context);
    this.gain.connect(options.output ?? options.context.destination);
    this.power = new Power(options.context, {
      blocked: () => this.wanted && this.become({ kind: "blocked" }),
      running: () => this.condition.kind === "blocked" && this.wanted && this.become({ kind: "playing" }),
    });
  }

  load(track: Track, { autoplay, position = 0 }: LoadOptions): void {
    this.clear();
    this.wanted = autoplay;
    this.target = position;
    if (autoplay) this.power.wake();
    this.become({ kind: "loading" });
    this.current = this.fetch(track, 0);
    this.events.emit("seeked", this.position());
  }

  unload(): void {
    this.clear();
    this.wanted = false;
    this.power.rest();
    this.become({ kind: "idle" });
  }

  play(): void {
    const { current } = this;
    if (current === null) return;
    this.wanted = true;
    this.power.wake();
    if (current.failed !== null) this.load(current.track, { autoplay: true, position: this.target });
    else if (current.playing === null && current.whole !== null) this.sound(current);
    else if (this.condition.kind === "blocked") this.become({ kind: "playing" });
  }

  pause(): void {
    if (this.current === null) return;
    this.silence();
    this.wanted = false;
    this.power.rest();
    const { kind } = this.condition;
    if (kind !== "error" && kind !== "loading") this.become({ kind: "paused" });
  }

  seek(seconds: number): void {
    const { current } = this;
    if (current === null) return;
    this.silence();
    this.target = clamp(seconds, 0, current.whole?.length ?? current.track.duration);
    if (this.wanted && current.whole !== null) this.sound(current);
    this.events.emit("seeked", this.position());
  }

  setVolume(level: number): void {
    this.gain.gain.setTargetAtTime(clamp(level, 0, 1) ** 2, this.options.context.currentTime, 0.01);
  }

  setNext(track: Track | null): void {
    this.next = track;
    if (this.upcoming !== null && this.upcoming.track.id !== track?.id) {
      this.drop(this.upcoming);
      this.upcoming = null;
    }
    this.prepare();
  }

  /** Pitch follows the speed here: there is nothing that could hold it. */
  setVibe({ speed }: Vibe): void {
    this.speed = clamp(speed, 0.5, 2);
    this.applyPace();
  }

  /** Only joints: whole tracks are scheduled, not mixed. */
  setCrossfade(): void {
    return;
  }

  startAt(contextTime: number): void {
    this.startFrame = contextTime;
    this.play();
  }

  nudge(rate: number): void {
    this.pace = clamp(rate, 0.9, 1.1);
    this.applyPace();
  }

  position(): Position {
    const playing = this.current?.playing ?? null;
    const seconds = playing === null ? this.target : playing.seconds(this.options.context.currentTime);
    return { seconds, at: this.now(), rate: this.rate() };
  }

  placement(): Placement | null {
    const { context } = this.options;
    const playing = this.current?.playing ?? null;
    if (playing === null || this.current === null || this.condition.kind !== "playing") return null;
    const contextTime = Math.max(context.currentTime, playing.when);
    return {
      track: this.current.track,
      sample: playing.seconds(contextTime) * context.sampleRate,
      sampleRate: context.sampleRate,
      rate: this.rate(),
      contextTime,
      latency: context.outputLatency > 0 ? context.outputLatency : context.baseLatency,
    };
  }

  about(): About {
    return {
      rung: "buffer",
      codec: null,
      exactJoints: true,
      speed: true,
      pitch: false,
      why: this.options.why,
    };
  }

  state(): EngineState {
    return this.condition;
  }

  on<Name extends keyof EngineEvents>(
    name: Name,
    listener: (value: EngineEvents[Name]) => void,
  ): Unsubscribe {
    return this.events.on(name, listener);
  }

  dispose(): void {
    this.unload();
    this.power.dispose();
    this.gain.disconnect();
    this.events.clear();
  }

  private rate(): number {
    return this.speed * this.pace;
  }

  private clear(): void {
    clearInterval(this.timer);
    for (const slot of [this.current, this.upcoming]) if (slot !== null) this.drop(slot);
    this.current = null;
    this.upcoming = null;
    this.next = null;
    this.target = 0;
    this.startFrame = null;
  }

  private drop(slot: Slot): void {
    slot.abort.abort();
    slot.playing?.stop();
    slot.playing = null;
  }

  /** Fetches a track, from another source where one does not decode. */
  private fetch(track: Track, attempt: number, slot = newSlot(track)): Slot {
    const { context, resolve } = this.options;
    const { signal } = slot.abort;
    resolve(track, 0, attempt)
      .catch(() => {
        throw new WholeFailure("unavailable");
      })
      .then((source) => fetchWhole(context, track, source, signal))
      .then(
        (whole) => !signal.aborted && this.arrived(slot, whole),
        (cause: unknown) => {
          if (signal.aborted) return;
          const reason = cause instanceof WholeFailure ? cause.reason : "network";
          if (reason === "damaged" && attempt + 1 < MOST_ATTEMPTS) this.fetch(track, attempt + 1, slot);
          else this.failed(slot, reason);
        },
      );
    return slot;
  }

  private arrived(slot: Slot, whole: Whole): void {
    slot.whole = whole;
    if (slot === this.upcoming) return this.chain();
    this.events.emit("duration", whole.length);
    if (this.wanted) this.sound(slot);
    else this.become({ kind: "ready" });
    this.prepare();
  }

  private failed(slot: Slot, reason: FailureReason): void {
    slot.failed = reason;
    if (slot === this.current) this.become({ kind: "error", reason });
    else if (this.current?.playing === null) this.advance(slot.track);
  }

  /** Plays the slot from the wanted second on. */
  private sound(slot: Slot): void {
    const { context } = this.options;
    const ordered = this.startFrame;
    this.startFrame = null;
    const when = Math.max(ordered ?? 0, context.currentTime + LEAD);
    // An order that came too late starts as far into the music.
    const late = ordered === null ? 0 : (when - ordered) * this.rate();
    this.start(slot, when, this.target + late);
    clearInterval(this.timer);
    this.timer = setInterval(() => this.progress(), PROGRESS_MS);
    this.chain();
    if (context.state === "running") this.become({ kind: "playing" });
    else void context.resume().then(() => this.wanted && this.become({ kind: "playing" }));
  }

  private start(slot: Slot, when: number, from: number): void {
    if (slot.whole === null) return;
    const { context } = this.options;
    slot.playing = startNode({
      ...{ context, output: this.gain, whole: slot.whole, when, from, rate: this.rate() },
      amplitude: 10 ** ((slot.track.gain ?? 0) / 20),
      ended: () => this.over(slot),
    });
  }

  private silence(): void {
    clearInterval(this.timer);
    this.target = this.position().seconds;
    for (const slot of [this.current, this.upcoming]) {
      slot?.playing?.stop();
      if (slot !== null) slot.playing = null;
    }
  }

  private applyPace(): void {
    if (this.current?.playing == null || this.current.playing.rate === this.rate()) return;
    this.silence();
    this.sound(this.current);
  }

  /** Schedules the next track at the frame behind the last one of this. */
  private chain(): void {
    const { current, upcoming } = this;
    if (upcoming?.whole == null || upcoming.playing !== null || current === null) return;
    if (current.playing !== null) this.start(upcoming, current.playing.end, 0);
    else if (this.condition.kind === "stalled") this.go(upcoming);
  }

  private progress(): void {
    this.events.emit("progress", this.position());
    this.prepare();
  }

  private prepare(): void {
    const { current, next } = this;
    if (next === null || current?.whole == null || this.upcoming !== null) return;
    if (current.whole.length - this.position().seconds <= LOOK_AHEAD) this.upcoming = this.fetch(next, 0);
  }

  private over(slot: Slot): void {
    if (slot !== this.current || slot.playing === null) return;
    slot.playing = null;
    this.target = slot.whole?.length ?? 0;
    const { upcoming, next } = this;
    if (upcoming?.playing != null) return this.go(upcoming);
    if (upcoming?.failed != null) return this.advance(upcoming.track);
    if (upcoming !== null) return this.become({ kind: "stalled" });
    if (next !== null) return this.advance(next);
    clearInterval(this.timer);
    this.wanted = false;
    this.target = 0;
    this.become({ kind: "paused" });
    this.events.emit("ended", slot.track);
  }

  private go(slot: Slot): void {
    this.current = slot;
    this.upcoming = null;
    this.next = null;
    this.target = 0;
    this.events.emit("advanced", slot.track);
    this.events.emit("duration", slot.whole?.length ?? slot.track.duration);
    this.events.emit("seeked", this.position());
    if (slot.playing === null) this.sound(slot);
    this.prepare();
  }

  private advance(track: Track): void {
    this.events.emit("advanced", track);
    const { next } = this;
    this.load(track, { autoplay: true });
    if (next !== null && next !== track) this.setNext(next);
  }

  private become(state: EngineState): void {
    if (state.kind === this.condition.kind && state.kind !== "error") return;
    this.condition = state;
    this.events.emit("state", state);
  }
}

function newSlot(track: Track): Slot {
  return { track, abort: new AbortController(), whole: null, playing: null, failed: null };
}
