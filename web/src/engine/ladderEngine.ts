import { Emitter, type Unsubscribe } from "@/lib/emitter";

import type {
  About,
  Engine,
  EngineEvents,
  EngineState,
  Hindrance,
  LoadOptions,
  Placement,
  Position,
  Track,
  Vibe,
} from "./types";

const FORWARDED = ["duration", "progress", "seeked", "ended", "underrun", "report", "about"] as const;

export interface LadderOptions {
  /** The last rung: every browser has it. A rejection means that it could not be fetched. */
  readonly element: () => Promise<Engine>;
  /** A better one, made inside the gesture that starts the first song; a rejection means that it cannot run. */
  readonly better: (() => Promise<Engine>) | null;
  /** Why there is no better one. */
  readonly why: Hindrance | null;
  readonly now?: () => number;
}

/**
 * Plays on the best engine there is. A track that one cannot play goes on in the next one where it stood; nothing of
 * the better one is loaded before something plays.
 */
export class LadderEngine implements Engine {
  private readonly events = new Emitter<EngineEvents>();
  private readonly now: () => number;
  private inner: Engine | null = null;
  private better: Engine | null = null;
  private element: Promise<Engine> | null = null;
  private climbing = false;
  private why: Hindrance | null;
  private letGo: Unsubscribe[] = [];
  private track: Track | null = null;
  private next: Track | null = null;
  private wanted = false;
  private target = 0;
  private condition: EngineState = { kind: "idle" };
  private volume = 1;
  private vibe: Vibe = { speed: 1, pitch: 0 };
  private crossfade = 0;

  constructor(private readonly options: LadderOptions) {
    this.now = options.now ?? (() => performance.now());
    this.why = options.why;
    if (options.better === null) this.takeLast();
  }

  load(track: Track, { autoplay, position = 0 }: LoadOptions): void {
    this.track = track;
    this.next = null;
    this.wanted = autoplay;
    this.target = position;
    if (this.inner === null) return this.wait();
    if (this.inner !== this.better && this.better !== null) this.use(this.better);
    this.inner.load(track, { autoplay, position });
  }

  unload(): void {
    this.track = null;
    this.next = null;
    this.wanted = false;
    this.target = 0;
    if (this.inner === null) this.become({ kind: "idle" });
    else this.inner.unload();
  }

  play(): void {
    if (this.track === null) return;
    this.wanted = true;
    if (this.inner === null) this.climb();
    else this.inner.play();
  }

  pause(): void {
    this.wanted = false;
    if (this.inner !== null) this.inner.pause();
    else if (this.track !== null) this.become({ kind: "paused" });
  }

  seek(seconds: number): void {
    if (this.inner !== null) return this.inner.seek(seconds);
    if (this.track === null) return;
    this.target = Math.max(0, seconds);
    this.events.emit("seeked", this.position());
  }

  setVolume(level: number): void {
    this.volume = level;
    this.inner?.setVolume(level);
  }

  setNext(track: Track | null): void {
    this.next = track;
    this.inner?.setNext(track);
  }

  setVibe(vibe: Vibe): void {
    this.vibe = vibe;
    this.inner?.setVibe(vibe);
  }

  setCrossfade(seconds: number): void {
    this.crossfade = seconds;
    this.inner?.setCrossfade(seconds);
  }

  startAt(contextTime: number): void {
    this.wanted = true;
    if (this.inner === null) this.play();
    else this.inner.startAt(contextTime);
  }

  nudge(rate: number): void {
    this.inner?.nudge(rate);
  }

  position(): Position {
    return this.inner?.position() ?? { seconds: this.target, at: this.now() };
  }

  placement(): Placement | null {
    return this.inner?.placement() ?? null;
  }

  about(): About {
    const none = {
      rung: "element",
      codec: null,
      exactJoints: false,
      speed: true,
      pitch: false,
      why: null,
    } as const;
    const about = this.inner?.about() ?? none;
    return { ...about, why: about.why ?? this.why };
  }

  state(): EngineState {
    return this.inner?.state() ?? this.condition;
  }

  on<Name extends keyof EngineEvents>(
    name: Name,
    listener: (value: EngineEvents[Name]) => void,
  ): Unsubscribe {
    return this.events.on(name, listener);
  }

  dispose(): void {
    for (const letGo of this.letGo) letGo();
    this.better?.dispose();
    void this.element?.then((engine) => engine.dispose());
    this.events.clear();
  }

  /** A track without an engine: one that is not to sound yet loads nothing. */
  private wait(): void {
    this.become({ kind: "loading" });
    this.events.emit("seeked", this.position());
    if (this.wanted) this.climb();
    else this.become({ kind: "ready" });
  }

  private climb(): void {
    this.become({ kind: "loading" });
    if (this.options.better === null) {
      if (this.element === null) this.takeLast();
      return;
    }
    if (this.climbing) return;
    this.climbing = true;
    this.options.better().then(
      (engine) => {
        this.climbing = false;
        this.better = engine;
        this.take(engine);
      },
      () => {
        this.climbing = false;
        this.why = "broken";
        this.takeLast();
      },
    );
  }

  /** Goes on with another engine where things stand. */
  private take(engine: Engine): void {
    const { seconds } = this.position();
    const { track, next, wanted } = this;
    this.use(engine);
    if (track === null) return;
    engine.load(track, { autoplay: wanted, position: seconds });
    engine.setNext(next);
  }

  private use(engine: Engine): void {
    for (const letGo of this.letGo) letGo();
    this.inner?.unload();
    this.inner = engine;
    engine.setVolume(this.volume);
    engine.setVibe(this.vibe);
    engine.setCrossfade(this.crossfade);
    this.letGo = [
      ...FORWARDED.map((name) => this.forward(engine, name)),
      engine.on("state", (state) => this.heard(engine, state)),
      engine.on("advanced", (track) => this.advanced(track)),
    ];
    this.events.emit("about", this.about());
  }

  private forward<Name extends keyof EngineEvents>(engine: Engine, name: Name): Unsubscribe {
    return engine.on(name, (value) => this.events.emit(name, value));
  }

  private heard(engine: Engine, state: EngineState): void {
    if (state.kind === "paused" || state.kind === "blocked") this.wanted = false;
    if (state.kind === "playing") this.wanted = true; // a call is over, and the browser lets it sound again
    const falls = state.kind === "error" && (state.reason === "unsupported" || state.reason === "damaged");
    if (!falls || engine !== this.better) return this.events.emit("state", state);
    if (engine.about().why === "broken") {
      this.better = null;
      this.why = "broken";
    }
    this.takeLast();
  }

  private advanced(track: Track): void {
    this.track = track;
    this.next = null;
    this.wanted = true;
    this.events.emit("advanced", track);
    // One track that fell does not keep the others down.
    if (this.better === null || this.inner === this.better) return;
    this.target = 0;
    const { next } = this;
    this.use(this.better);
    this.better.load(track, { autoplay: true });
    this.better.setNext(next);
  }

  private takeLast(): void {
    this.element ??= this.options.element();
    this.element.then(
      (engine) => this.take(engine),
      () => {
        this.element = null;
        this.become({ kind: "error", reason: "network" });
      },
    );
  }

  private become(state: EngineState): void {
    if (state.kind === this.condition.kind) return;
    this.condition = state;
    this.events.emit("state", state);
  }
}
