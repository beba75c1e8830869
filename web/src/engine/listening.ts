import type { Position } from "./types";

/** A song counts as heard after half of it, or after this many seconds. */
const ENOUGH_SECONDS = 240;

/** Time stamps jitter: a position may run ahead of the clock by this many seconds and still count as playing. */
const SLACK_SECONDS = 0.25;

/**
 * Adds up the seconds of one song that really sounded. Seeking adds nothing, hearing a part twice counts twice,
 * and the song is reported once.
 */
export class ListeningMeter {
  private heard = 0;
  private last: Position | null = null;
  private done = false;

  constructor(
    private readonly duration: () => number,
    private readonly report: (heardSeconds: number) => void,
  ) {}

  progress(position: Position): void {
    if (this.last !== null) this.add(position, this.last);
    this.last = position;
  }

  /** The position jumped: go on counting from there. */
  jump(position: Position): void {
    this.last = position;
  }

  /** Sound stopped; the next progress starts a new stretch. */
  pause(): void {
    this.last = null;
  }

  private add(now: Position, before: Position): void {
    const played = now.seconds - before.seconds;
    const passed = (now.at - before.at) / 1000;
    if (played <= 0) return;
    this.heard += Math.min(played, passed + SLACK_SECONDS);
    if (this.done || this.heard < this.enough()) return;
    this.done = true;
    this.report(this.heard);
  }

  private enough(): number {
    const half = this.duration() / 2;
    return half > 0 ? Math.min(half, ENOUGH_SECONDS) : ENOUGH_SECONDS;
  }
}
