import { clamp } from "./clamp";
import { Emitter, type Unsubscribe } from "./emitter";
import type { Storage } from "./storage";

export const SLEEP_MINUTES = [15, 30, 45, 60] as const;

/** Minutes from now, or the end of the song that plays. */
export type SleepChoice = (typeof SLEEP_MINUTES)[number] | "endOfSong";

/** What is set: nothing, a moment (milliseconds, as Date.now tells them), or the end of a song. */
export type Sleep =
  { readonly kind: "off" } | { readonly kind: "at"; readonly until: number } | { readonly kind: "endOfSong" };

/** What the timer needs of the player. */
export interface SleepPlayer {
  pause(): void;
  fadeTo(share: number): void;
  holdAfterCurrent(on: boolean): void;
  onHeld(listener: () => void): Unsubscribe;
  /** Seconds until the current song ends; null while nothing plays. */
  secondsLeft(): number | null;
}

export interface SleepView {
  readonly sleep: Sleep;
  /** Whole seconds until it is silent; null while that is not known. */
  readonly left: number | null;
}

/** The last seconds get quieter. */
export const FADE_SECONDS = 10;
const STEP_MS = 250;
const KEY = "sleep";
const OFF: SleepView = { sleep: { kind: "off" }, left: null };

/** Stops the music after a while. What is set is kept on the device, so that it outlives a reload. */
export class SleepTimer {
  private readonly events = new Emitter<{ changed: undefined }>();
  private view: SleepView = OFF;
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly player: SleepPlayer,
    private readonly storage: Storage,
    private readonly now: () => number = Date.now,
  ) {
    player.onHeld(() => this.end());
    const kept = readSleep(storage.read(KEY));
    // What passed while nobody was here is over.
    if (kept.kind === "at" && kept.until <= this.now()) storage.write(KEY, null);
    else this.become(kept);
  }

  snapshot(): SleepView {
    return this.view;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  set(choice: SleepChoice): void {
    this.become(
      choice === "endOfSong" ? { kind: "endOfSong" } : { kind: "at", until: this.now() + choice * MINUTE_MS },
    );
  }

  /** The music goes on as if nothing had been set. */
  cancel(): void {
    this.become({ kind: "off" });
  }

  private become(sleep: Sleep): void {
    clearInterval(this.ticking);
    this.storage.write(KEY, writeSleep(sleep));
    this.player.holdAfterCurrent(sleep.kind === "endOfSong");
    this.view = { sleep, left: null };
    if (sleep.kind === "off") this.player.fadeTo(1);
    else this.ticking = setInterval(() => this.tick(), STEP_MS);
    this.tick();
    this.events.emit("changed", undefined);
  }

  private tick(): void {
    const { sleep, left: before } = this.view;
    if (sleep.kind === "off") return;
    const seconds = sleep.kind === "at" ? (sleep.until - this.now()) / 1000 : this.player.secondsLeft();
    // A song ends by itself: the player tells when.
    if (sleep.kind === "at" && seconds !== null && seconds <= 0) return this.end();
    this.player.fadeTo(seconds === null ? 1 : clamp(seconds / FADE_SECONDS, 0, 1));
    const left = seconds === null ? null : Math.max(0, Math.ceil(seconds));
    if (left === before) return;
    this.view = { sleep, left };
    this.events.emit("changed", undefined);
  }

  private end(): void {
    if (this.view.sleep.kind === "off") return;
    this.player.pause();
    this.become({ kind: "off" });
  }
}

const MINUTE_MS = 60_000;

function readSleep(text: string | null): Sleep {
  if (text === "endOfSong") return { kind: "endOfSong" };
  const until = Number(text ?? Number.NaN);
  return Number.isFinite(until) ? { kind: "at", until } : { kind: "off" };
}

function writeSleep(sleep: Sleep): string | null {
  if (sleep.kind === "off") return null;
  return sleep.kind === "at" ? String(sleep.until) : "endOfSong";
}
