import type {
  About,
  Engine,
  EngineEvents,
  EngineState,
  FailureReason,
  LoadOptions,
  Placement,
  Position,
  Track,
  Vibe,
} from "@/engine/types";
import { Emitter, type Unsubscribe } from "@/lib/emitter";

/** An engine without sound: a test says what happens to it and reads what it was told. */
export class FakeEngine implements Engine {
  private readonly events = new Emitter<EngineEvents>();
  private condition: EngineState = { kind: "idle" };
  track: Track | null = null;
  next: Track | null = null;
  loads: { track: Track; options: LoadOptions }[] = [];
  volume = 0;
  now: Position = { seconds: 0, at: 0 };

  load(track: Track, options: LoadOptions): void {
    this.track = track;
    this.loads.push({ track, options });
    this.now = { ...this.now, seconds: options.position ?? 0 };
    this.become({ kind: "loading" });
    this.events.emit("seeked", this.now);
    this.become({ kind: options.autoplay ? "playing" : "ready" });
  }

  unload(): void {
    this.track = null;
    this.become({ kind: "idle" });
  }

  play(): void {
    this.become({ kind: "playing" });
  }

  pause(): void {
    this.become({ kind: "paused" });
  }

  seek(seconds: number): void {
    this.now = { ...this.now, seconds };
    this.events.emit("seeked", this.now);
  }

  setVolume(level: number): void {
    this.volume = level;
  }

  setNext(track: Track | null): void {
    this.next = track;
  }

  vibe: Vibe = { speed: 1, pitch: 0 };
  crossfade = 0;

  setVibe(vibe: Vibe): void {
    this.vibe = vibe;
  }

  setCrossfade(seconds: number): void {
    this.crossfade = seconds;
  }

  startAt(): void {
    this.play();
  }

  nudge(): void {
    return;
  }

  position(): Position {
    return this.now;
  }

  placement(): Placement | null {
    return null;
  }

  can: About = { rung: "ring", codec: "flac", exactJoints: true, speed: true, pitch: true, why: null };

  about(): About {
    return this.can;
  }

  /** What can be asked of it is another thing from now on. */
  becomeAble(can: Partial<About>): void {
    this.can = { ...this.can, ...can };
    this.events.emit("about", this.can);
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
    this.events.clear();
  }

  /** Time passes and the song plays on. */
  playFor(seconds: number): void {
    this.events.emit("progress", this.now);
    for (let passed = 0; passed < seconds; passed += 1) {
      this.now = { seconds: this.now.seconds + 1, at: this.now.at + 1000 };
      this.events.emit("progress", this.now);
    }
  }

  /** The song ends: on to the next one if there is one. */
  finish(): void {
    const finished = this.track;
    if (finished === null) return;
    this.now = { ...this.now, seconds: 0 };
    if (this.next === null) {
      this.become({ kind: "paused" });
      this.events.emit("ended", finished);
      return;
    }
    this.track = this.next;
    this.events.emit("advanced", this.next);
    this.events.emit("seeked", this.now);
    this.become({ kind: "playing" });
  }

  fail(reason: FailureReason): void {
    this.become({ kind: "error", reason });
  }

  become(state: EngineState): void {
    this.condition = state;
    this.events.emit("state", state);
  }
}
