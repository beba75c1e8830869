import { Emitter, type Unsubscribe } from "@/lib/emitter";
import { clamp } from "@/lib/clamp";

import { ElementSlot, type MediaElement, type SlotEvent } from "./elementSlot";
import type {
  About,
  Engine,
  EngineEvents,
  EngineState,
  LoadOptions,
  Placement,
  Position,
  SourceResolver,
  Track,
  Vibe,
} from "./types";

/** Seconds before the end at which the next track begins to load. */
const PRELOAD_AHEAD = 30;

export interface ElementEngineOptions {
  readonly createElement: () => MediaElement;
  readonly resolve: SourceResolver;
  readonly now?: () => number;
}

/**
 * The engine every browser can run: two audio elements take turns, so that the next track is loaded before the
 * current one ends. Joints have a gap of a few milliseconds; a sample-exact engine can stand in its place.
 */
export class ElementEngine implements Engine {
  private readonly events = new Emitter<EngineEvents>();
  private readonly now: () => number;
  private current: ElementSlot;
  private standby: ElementSlot;
  private track: Track | null = null;
  private next: Track | null = null;
  private condition: EngineState = { kind: "idle" };
  private wantsToPlay = false;
  private unlocked = false;
  private speed = 1;

  constructor(options: ElementEngineOptions) {
    this.now = options.now ?? (() => performance.now());
    this.current = new ElementSlot(options.createElement(), options.resolve, this.hear);
    this.standby = new ElementSlot(options.createElement(), options.resolve, this.hear);
  }

  load(track: Track, { autoplay, position = 0 }: LoadOptions): void {
    this.wantsToPlay = autoplay;
    if (this.standby.track?.id === track.id && position === 0) this.swap();
    this.standby.empty();
    this.next = null;
    this.start(track, position);
  }

  unload(): void {
    this.wantsToPlay = false;
    this.track = null;
    this.next = null;
    this.current.empty();
    this.standby.empty();
    this.become({ kind: "idle" });
  }

  play(): void {
    if (this.track === null) return;
    this.wantsToPlay = true;
    this.unlockStandby();
    if (this.condition.kind === "error") this.start(this.track, this.current.seconds());
    else this.current.play();
  }

  pause(): void {
    if (this.track === null) return;
    this.wantsToPlay = false;
    this.current.pause();
    if (this.condition.kind !== "error" && this.condition.kind !== "loading") this.become({ kind: "paused" });
  }

  seek(seconds: number): void {
    if (this.track === null) return;
    this.current.seek(Math.max(0, seconds));
    this.events.emit("seeked", this.position());
  }

  setVolume(level: number): void {
    // Loudness grows roughly with the square of the amplitude's control.
    const amplitude = clamp(level, 0, 1) ** 2;
    this.current.setVolume(amplitude);
    this.standby.setVolume(amplitude);
  }

  setNext(track: Track | null): void {
    this.next = track;
    if (this.standby.track !== null && this.standby.track.id !== track?.id) this.standby.empty();
    this.preload();
  }

  /** The browser keeps the pitch by itself; it bends none. */
  setVibe({ speed }: Vibe): void {
    this.speed = clamp(speed, 0.5, 2);
    this.nudge(1);
  }

  /** Two elements cannot be held together well enough to blend. */
  setCrossfade(): void {
    return;
  }

  startAt(): void {
    this.play();
  }

  nudge(rate: number): void {
    this.current.setRate(this.speed * rate);
    this.standby.setRate(this.speed * rate);
  }

  position(): Position {
    return { seconds: this.current.seconds(), at: this.now(), rate: this.speed };
  }

  placement(): Placement | null {
    return null;
  }

  about(): About {
    return { rung: "element", codec: null, exactJoints: false, speed: true, pitch: false, why: null };
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
    this.current.dispose();
    this.standby.dispose();
    this.events.clear();
  }

  /** Puts the track into the current slot, unless it waits there already, and plays if wanted. */
  private start(track: Track, position: number): void {
    this.track = track;
    this.become({ kind: "loading" });
    if (this.current.track?.id !== track.id || !this.current.usable()) this.current.fill(track, position);
    else this.current.seek(position);
    this.events.emit("seeked", { seconds: position, at: this.now() });
    if (this.current.known()) this.hear(this.current, { kind: "metadata" });
    if (this.wantsToPlay) this.current.play();
  }

  private readonly hear = (slot: ElementSlot, event: SlotEvent): void => {
    if (slot !== this.current || this.track === null) return;
    switch (event.kind) {
      case "metadata":
        return this.loaded();
      case "playing":
        return this.become({ kind: "playing" });
      case "waiting":
        return this.wantsToPlay ? this.become({ kind: "stalled" }) : undefined;
      case "stopped":
        return this.stoppedFromOutside();
      case "progress":
        this.events.emit("progress", this.position());
        return this.preload();
      case "blocked":
        return this.become({ kind: "blocked" });
      case "failed":
        return this.become({ kind: "error", reason: event.reason });
      case "ended":
        return this.advance(this.track);
    }
  };

  private loaded(): void {
    const seconds = this.current.duration();
    if (seconds !== null) this.events.emit("duration", seconds);
    if (this.condition.kind === "loading" && !this.wantsToPlay) this.become({ kind: "ready" });
    this.preload();
  }

  /** The system paused the element: a call came in, headphones were pulled. */
  private stoppedFromOutside(): void {
    if (this.condition.kind !== "playing" && this.condition.kind !== "stalled") return;
    this.wantsToPlay = false;
    this.become({ kind: "paused" });
  }

  private advance(finished: Track): void {
    const next = this.next;
    if (next === null) {
      this.wantsToPlay = false;
      this.become({ kind: "paused" });
      this.events.emit("ended", finished);
      return;
    }
    if (this.standby.track?.id === next.id) this.swap();
    this.standby.empty();
    this.next = null;
    this.wantsToPlay = true;
    this.events.emit("advanced", next);
    this.start(next, 0);
  }

  private swap(): void {
    this.current.empty();
    [this.current, this.standby] = [this.standby, this.current];
  }

  private preload(): void {
    const duration = this.current.duration();
    if (this.next === null || duration === null || this.standby.track?.id === this.next.id) return;
    if (duration - this.current.seconds() <= PRELOAD_AHEAD) this.standby.fill(this.next, 0);
  }

  /** Some phones let an element play by itself only if it was touched inside a gesture once. */
  private unlockStandby(): void {
    if (this.unlocked) return;
    this.unlocked = true;
    this.standby.touch();
  }

  private become(state: EngineState): void {
    if (state.kind === this.condition.kind && state.kind !== "error") return;
    this.condition = state;
    this.events.emit("state", state);
  }
}
