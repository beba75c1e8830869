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

const EVENTS = [
  "state",
  "duration",
  "progress",
  "seeked",
  "advanced",
  "ended",
  "underrun",
  "report",
  "about",
] as const;

/**
 * Lets the music sound here, or follows silently what sounds on another device. What is loaded, what comes next and
 * where it stands pass over from one to the other, so whoever uses the engine need not know which of the two it is.
 */
export class SwitchEngine implements Engine {
  private readonly events = new Emitter<EngineEvents>();
  private readonly switches = new Emitter<{ switched: undefined }>();
  private active: Engine;
  private track: Track | null = null;
  private next: Track | null = null;
  private wanted = false;

  /** Without a silent one it always sounds here. */
  constructor(
    private readonly sounding: Engine,
    private silent: Engine | null = null,
  ) {
    this.active = sounding;
    this.pass(sounding);
    if (silent !== null) this.pass(silent);
  }

  /** Gives it the silent one, once. */
  setSilent(silent: Engine): void {
    if (this.silent !== null) return;
    this.silent = silent;
    this.pass(silent);
  }

  /** Whether it sounds here. */
  sounds(): boolean {
    return this.active === this.sounding;
  }

  /** Goes over to the other one, at the place where the first one stands. */
  setSounding(sounds: boolean): void {
    const to = sounds ? this.sounding : this.silent;
    if (to === null || to === this.active) return;
    const from = this.active;
    const { track, next } = this;
    const position = from.position().seconds;
    const autoplay = this.wanted;
    this.active = to;
    from.unload();
    if (track !== null) {
      to.load(track, position > 0 ? { autoplay, position } : { autoplay });
      to.setNext(next);
    }
    this.switches.emit("switched", undefined);
  }

  /** Calls back when a song went over into the next one, or ended, by itself. */
  onWentOn(listener: () => void): Unsubscribe {
    const stops = [this.on("advanced", listener), this.on("ended", listener)];
    return () => stops.forEach((stop) => stop());
  }

  /** Calls back when it began, or ceased, to sound here. */
  onSwitched(listener: () => void): Unsubscribe {
    return this.switches.on("switched", listener);
  }

  load(track: Track, options: LoadOptions): void {
    this.wanted = options.autoplay;
    this.track = track;
    this.next = null;
    this.active.load(track, options);
  }

  unload(): void {
    this.wanted = false;
    this.track = null;
    this.next = null;
    this.active.unload();
  }

  play(): void {
    this.wanted = true;
    this.active.play();
  }

  pause(): void {
    this.wanted = false;
    this.active.pause();
  }

  seek(seconds: number): void {
    this.active.seek(seconds);
  }

  setVolume(level: number): void {
    this.sounding.setVolume(level);
  }

  setNext(track: Track | null): void {
    this.next = track;
    this.active.setNext(track);
  }

  setVibe(vibe: Vibe): void {
    this.sounding.setVibe(vibe);
    this.silent?.setVibe(vibe);
  }

  setCrossfade(seconds: number): void {
    this.sounding.setCrossfade(seconds);
  }

  startAt(contextTime: number): void {
    this.wanted = true;
    this.active.startAt(contextTime);
  }

  nudge(rate: number): void {
    this.active.nudge(rate);
  }

  position(): Position {
    return this.active.position();
  }

  placement(): Placement | null {
    return this.active.placement();
  }

  /** Of the sound here, also while it is silent. */
  about(): About {
    return this.sounding.about();
  }

  state(): EngineState {
    return this.active.state();
  }

  on<Name extends keyof EngineEvents>(
    name: Name,
    listener: (value: EngineEvents[Name]) => void,
  ): Unsubscribe {
    return this.events.on(name, listener);
  }

  dispose(): void {
    this.sounding.dispose();
    this.silent?.dispose();
    this.events.clear();
  }

  private pass(engine: Engine): void {
    for (const name of EVENTS) {
      engine.on(name, (value) => {
        if (engine !== this.active) return;
        if (name === "advanced") this.advance(value as Track);
        if (name === "state") this.heard(value as EngineState);
        this.events.emit(name, value);
      });
    }
  }

  private heard({ kind }: EngineState): void {
    if (kind === "paused" || kind === "blocked") this.wanted = false;
    if (kind === "playing") this.wanted = true;
  }

  private advance(track: Track): void {
    this.track = track;
    this.next = null;
  }
}
