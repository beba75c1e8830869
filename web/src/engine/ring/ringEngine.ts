import { clamp } from "@/lib/clamp";
import { Emitter, type Unsubscribe } from "@/lib/emitter";

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
} from "../types";

import { Graph } from "./graph";
import type { FromWorker } from "./messages";
import { Meter } from "./meter";
import type { RingEngineOptions } from "./options";
import { Pace } from "./pace";
import { aboutRing, placementOf, positionOf, type Report } from "./place";
import { Power } from "../power";
import { Passage, Passages, refusalOf } from "./passages";

/** Seconds before the end at which the next track is looked for. */
const LOOK_AHEAD = 30;

/**
 * The engine that knows each sample: a worker decodes, a worklet plays from a ring. This class holds the state and no
 * sound; what it orders carries a generation, and answers to an older one are dropped.
 */
export class RingEngine implements Engine {
  private readonly events = new Emitter<EngineEvents>();
  private readonly meter = new Meter(this.events);
  private readonly graph: Graph;
  private readonly power: Power;
  private readonly pace: Pace;
  private readonly passages: Passages;
  private readonly now: () => number;
  private generation = 0;
  private current: Passage | null = null;
  private upcoming: Passage | null = null;
  private next: Track | null = null;
  private condition: EngineState = { kind: "idle" };
  private wanted = false;
  /** Where it stands while the ring has not told yet. */
  private target = 0;
  private last: Report | null = null;
  private over = false;
  /** Why nothing follows what the ring still has. */
  private failure: FailureReason | null = null;
  private crossfade = 0;
  private pitchBroken = false;
  private broken = false;

  /** A rejection means that this browser cannot run it here. */
  static async start(options: RingEngineOptions): Promise<RingEngine> {
    await Graph.load(options.context);
    return new RingEngine(options);
  }

  private constructor(private readonly options: RingEngineOptions) {
    this.now = options.now ?? (() => performance.now());
    this.passages = new Passages(options.resolve);
    this.graph = new Graph(options.context, options.output ?? options.context.destination, {
      worker: (told) => this.decoded(told),
      ring: (told) => (told.kind === "report" ? this.reported(told) : this.passed(told.generation, told.key)),
      broken: () => {
        this.broken = true;
        this.fail("unsupported");
      },
      pitchBroken: () => {
        this.pitchBroken = true;
        this.tellAbout();
      },
    });
    this.pace = new Pace(this.graph);
    this.power = new Power(options.context, {
      blocked: () => this.wanted && this.become({ kind: "blocked" }),
      running: () => this.condition.kind === "blocked" && this.wanted && this.become({ kind: "stalled" }),
    });
  }

  load(track: Track, { autoplay, position = 0 }: LoadOptions): void {
    this.wanted = autoplay;
    this.next = null;
    this.begin(new Passage(track, 0), position, false);
  }

  unload(): void {
    this.wanted = false;
    this.next = null;
    this.upcoming = null;
    this.current = null;
    this.renew(0, false);
    this.graph.ring({ kind: "pause" });
    this.power.rest();
    this.become({ kind: "idle" });
  }

  play(): void {
    const { current } = this;
    if (current === null) return;
    this.wanted = true;
    if (this.condition.kind === "error") this.begin(new Passage(current.track, 0), this.target, false);
    else if (this.over) this.begin(current, 0, false);
    else this.sound(null);
  }

  pause(): void {
    if (this.current === null) return;
    this.wanted = false;
    this.graph.ring({ kind: "pause" });
    this.power.rest();
    const { kind } = this.condition;
    if (kind !== "error" && kind !== "loading") this.become({ kind: "paused" });
  }

  seek(seconds: number): void {
    const { current } = this;
    if (current === null) return;
    const again = current.item?.flowing === false ? current : new Passage(current.track, current.attempt);
    const failed = this.condition.kind === "error";
    this.begin(again, clamp(seconds, 0, current.duration()), !failed && !this.over);
  }

  setVolume(level: number): void {
    // Loudness grows roughly with the square of the amplitude's control.
    this.graph.ring({ kind: "volume", amplitude: clamp(level, 0, 1) ** 2 });
  }

  setNext(track: Track | null): void {
    this.next = track;
    if (this.upcoming !== null && this.upcoming.track.id !== track?.id) {
      this.upcoming = null;
      this.follow();
    }
    this.prepare();
  }

  setVibe(vibe: Vibe): void {
    this.pace.bend(vibe);
  }

  setCrossfade(seconds: number): void {
    this.crossfade = clamp(seconds, 0, 12);
    if (this.upcoming?.item != null) this.follow();
  }

  startAt(contextTime: number): void {
    if (this.current === null) return;
    this.wanted = true;
    this.sound(Math.round(contextTime * this.options.context.sampleRate));
  }

  nudge(rate: number): void {
    this.pace.nudge(rate);
  }

  position(): Position {
    const report = this.known();
    if (report === null) return { seconds: this.target, at: this.now(), rate: this.pace.speed };
    return positionOf(report, this.options.context, this.now());
  }

  placement(): Placement | null {
    const report = this.known();
    if (report?.state !== "playing" || this.current === null) return null;
    return placementOf(report, this.options.context, this.current.track);
  }

  about(): About {
    return aboutRing(this.current, !this.pitchBroken, this.broken);
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
    this.graph.dispose();
    this.events.clear();
  }

  /** Everything anew for a passage from some seconds on. keep: what sounds goes on until the new is there. */
  private begin(passage: Passage, seconds: number, keep: boolean): void {
    const generation = this.renew(seconds, keep);
    this.current = passage;
    this.upcoming = null;
    if (!keep) this.become({ kind: "loading" });
    this.events.emit("seeked", this.position());
    if (this.wanted) this.sound(null);
    else this.graph.ring({ kind: "pause" });
    this.passages.find(passage, seconds).then(
      (item) => {
        if (generation !== this.generation) return;
        this.graph.decode({ kind: "play", generation, item, seconds });
        this.prepare();
      },
      (cause) => generation === this.generation && this.fail(refusalOf(cause)),
    );
  }

  private renew(seconds: number, keep: boolean): number {
    this.generation += 1;
    this.target = seconds;
    this.last = null;
    this.over = false;
    this.failure = null;
    this.graph.decode({ kind: "stop", generation: this.generation });
    this.graph.ring({ kind: "load", generation: this.generation, keep });
    return this.generation;
  }

  private sound(frame: number | null): void {
    this.graph.ring({ kind: "play", frame });
    this.power.wake();
  }

  /** The last report, if it is of what was ordered last. */
  private known(): Report | null {
    return this.last?.generation === this.generation && this.last.key === this.current?.key
      ? this.last
      : null;
  }

  private reported(report: Report): void {
    if (report.generation !== this.generation || this.current === null) return;
    this.last = report;
    if (report.key === this.current.key) this.target = report.sample / report.sampleRate;
    const due = this.meter.count(report);
    switch (report.state) {
      case "playing":
        if (due) this.events.emit("progress", this.position());
        if (due) this.prepare();
        return this.become({ kind: "playing" });
      case "waiting":
        if (this.failure !== null) this.fail(this.failure);
        else if (this.condition.kind === "playing") this.become({ kind: "stalled" });
        return;
      case "ended":
        return this.ended();
      default:
        if (this.condition.kind === "loading" && !this.wanted) this.become({ kind: "ready" });
    }
  }

  private passed(generation: number, key: number): void {
    if (generation !== this.generation || this.current === null) return;
    const { upcoming } = this; // if another one sounds, the order to leave that out came too late
    if (upcoming?.key === key) {
      this.arrive(upcoming);
      this.prepare();
    } else if (this.next !== null) this.advance(this.next);
    else this.ended();
  }

  private arrive(passage: Passage): void {
    this.current = passage;
    this.upcoming = null;
    this.next = null;
    this.target = 0;
    this.last = null;
    this.failure = null;
    this.events.emit("advanced", passage.track);
    this.events.emit("duration", passage.duration());
    this.events.emit("seeked", this.position());
    this.tellAbout();
  }

  private ended(): void {
    const { current, next } = this;
    if (current === null || this.over) return;
    if (this.failure !== null) return this.fail(this.failure);
    // What is next is on its way, or it has to be tried by itself.
    if (next !== null && this.upcoming?.failed === false) return this.become({ kind: "stalled" });
    if (next !== null) return this.advance(next);
    this.over = true;
    this.wanted = false;
    this.graph.ring({ kind: "pause" });
    this.power.rest();
    this.become({ kind: "paused" });
    this.events.emit("ended", current.track);
  }

  private advance(track: Track): void {
    this.next = null;
    this.events.emit("advanced", track);
    this.begin(new Passage(track, 0), 0, false);
  }

  private decoded(told: FromWorker): void {
    if (told.kind === "expired") return void this.address(told.key);
    if (told.generation !== this.generation) return;
    const passage = [this.current, this.upcoming].find((one) => one?.key === told.key);
    if (passage === undefined || passage === null) return;
    switch (told.kind) {
      case "opened":
        passage.opened(told.codec, told.duration);
        if (passage !== this.current) return;
        this.events.emit("duration", passage.duration());
        return this.tellAbout();
      case "decoded":
        passage.decoded = true;
        return this.prepare();
      case "failed":
        return passage === this.current
          ? this.again(passage, told.reason)
          : this.lookAgain(passage, told.reason);
    }
  }

  /** The current track cannot be decoded any further. */
  private again(passage: Passage, reason: FailureReason): void {
    if (!passage.hasAnother(reason)) {
      this.failure = reason;
      // The ring plays what it has, and then says that it waits or ended.
      if (this.known() === null) this.fail(reason);
      return;
    }
    this.begin(
      new Passage(passage.track, passage.attempt + 1),
      this.position().seconds,
      this.known() !== null,
    );
  }

  private lookAgain(passage: Passage, reason: FailureReason): void {
    if (!passage.hasAnother(reason)) {
      passage.failed = true;
      if (this.last?.state === "ended") this.ended();
      return;
    }
    this.upcoming = null;
    this.lookFor(new Passage(passage.track, passage.attempt + 1));
  }

  private async address(key: number): Promise<void> {
    const passage = [this.current, this.upcoming].find((one) => one?.key === key) ?? null;
    const url = passage === null ? null : await this.passages.address(passage, this.position().seconds);
    this.graph.decode({ kind: "address", key, url });
  }

  /** Has the next track decoded when it is time. */
  private prepare(): void {
    const { current, next } = this;
    if (next === null || current?.item == null || this.upcoming !== null) return;
    const left = current.duration() - this.position().seconds;
    if (current.decoded || left <= LOOK_AHEAD) this.lookFor(new Passage(next, 0));
  }

  private lookFor(passage: Passage): void {
    const { generation } = this;
    this.upcoming = passage;
    this.passages.find(passage, 0).then(
      () => generation === this.generation && this.upcoming === passage && this.follow(),
      () => {
        passage.failed = true;
        if (this.upcoming === passage && this.last?.state === "ended") this.ended();
      },
    );
  }

  private follow(): void {
    if (this.current === null) return;
    const { generation, crossfade, current } = this;
    const item = this.upcoming?.item ?? null;
    this.graph.decode({ kind: "next", generation, after: current.key, item, crossfade });
  }

  private tellAbout(): void {
    this.events.emit("about", this.about());
  }

  private fail(reason: FailureReason): void {
    this.target = this.position().seconds;
    this.generation += 1;
    this.graph.decode({ kind: "stop", generation: this.generation });
    this.graph.ring({ kind: "pause" });
    this.power.rest();
    this.become({ kind: "error", reason });
  }

  private become(state: EngineState): void {
    if (state.kind === this.condition.kind && state.kind !== "error") return;
    if (state.kind === "playing" && !this.wanted) return;
    this.condition = state;
    this.events.emit("state", state);
  }
}
