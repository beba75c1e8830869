import { Emitter, type Unsubscribe } from "@/lib/emitter";

import type {
  About,
  Engine,
  EngineEvents,
  EngineState,
  LoadOptions,
  Placement,
  Position,
  Track,
  Vibe,
} from "./types";

/** Milliseconds that only grow, and a timer on them. */
export interface Timing {
  now(): number;
  /** Calls back once after so many milliseconds, unless it is cancelled. */
  after(ms: number, run: () => void): () => void;
}

/** The page's own clock. */
export const pageTiming: Timing = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Follows, without a sound, what another device plays: positions move with the clock, and a song that ends is followed
 * by the next one, as it is over there. It tells no progress, so nothing counts as heard here.
 */
export class SilentEngine implements Engine {
  protected readonly events = new Emitter<EngineEvents>();
  private track: Track | null = null;
  private next: Track | null = null;
  private condition: EngineState = { kind: "idle" };
  private base: Position;
  private rate = 1;
  private cancelEnd: () => void = () => undefined;

  constructor(private readonly timing: Timing = pageTiming) {
    this.base = { seconds: 0, at: timing.now() };
  }

  load(track: Track, { autoplay, position = 0 }: LoadOptions): void {
    this.track = track;
    this.next = null;
    this.stand(position);
    this.become(autoplay ? "playing" : "ready");
    this.events.emit("seeked", this.position());
  }

  unload(): void {
    this.track = null;
    this.next = null;
    this.stand(0);
    this.become("idle");
  }

  play(): void {
    if (this.track === null || this.condition.kind === "playing") return;
    this.stand(this.base.seconds);
    this.become("playing");
  }

  pause(): void {
    if (this.track === null) return;
    this.stand(this.position().seconds);
    this.become("paused");
  }

  seek(seconds: number): void {
    if (this.track === null) return;
    this.stand(Math.max(0, seconds));
    this.awaitEnd();
    this.events.emit("seeked", this.position());
  }

  setVolume(): void {
    // Nothing sounds here.
  }

  setNext(track: Track | null): void {
    this.next = track;
  }

  setVibe({ speed }: Vibe): void {
    this.stand(this.position().seconds);
    this.rate = speed;
    this.awaitEnd();
  }

  setCrossfade(): void {
    // The other device blends.
  }

  startAt(): void {
    this.play();
  }

  nudge(): void {
    // There is no sound to keep together with others.
  }

  position(): Position {
    const at = this.timing.now();
    const moved = this.condition.kind === "playing" ? ((at - this.base.at) / 1000) * this.rate : 0;
    return { seconds: this.base.seconds + moved, at, rate: this.rate };
  }

  placement(): Placement | null {
    return null;
  }

  about(): About {
    return { rung: "element", codec: null, exactJoints: false, speed: true, pitch: true, why: null };
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
    this.events.clear();
  }

  private stand(seconds: number): void {
    this.base = { seconds, at: this.timing.now() };
  }

  private become(kind: "idle" | "ready" | "playing" | "paused"): void {
    this.condition = { kind };
    this.awaitEnd();
    this.events.emit("state", this.condition);
  }

  /** A length that nobody knows has no end that could be waited for: the other device will tell. */
  private awaitEnd(): void {
    this.cancelEnd();
    const { track, condition } = this;
    if (track === null || condition.kind !== "playing" || track.duration <= 0) return;
    const left = (track.duration - this.base.seconds) / this.rate;
    this.cancelEnd = this.timing.after(Math.max(0, left * 1000), () => this.end(track));
  }

  private end(track: Track): void {
    const { next } = this;
    if (next === null) {
      this.stand(track.duration);
      this.become("paused");
      this.events.emit("ended", track);
      return;
    }
    this.track = next;
    this.next = null;
    this.stand(0);
    this.awaitEnd();
    this.events.emit("advanced", next);
    this.events.emit("seeked", this.position());
  }
}
