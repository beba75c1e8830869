import type { Player } from "@/engine/player";

import { carried, type Standing } from "./standing";

/** A device that takes over and does not sound by then gives it up. */
const PATIENCE_MS = 8000;
/** A joint that is off by less is not worth another seek. */
const JOINT_SECONDS = 0.1;

/** The music is about to move to this device: it has to sound here, at the right place, before the other falls silent. */
export class Arrival {
  private due: Standing | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly player: Player,
    private readonly now: () => number,
    private readonly came: () => void,
    private readonly gaveUp: () => void,
  ) {}

  /** Waits for the music, which stands there on the other device. */
  expect(due: Standing): void {
    this.cancel();
    this.due = due;
    this.timer = setTimeout(() => {
      this.due = null;
      this.gaveUp();
    }, PATIENCE_MS);
  }

  expected(): boolean {
    return this.due !== null;
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.due = null;
  }

  /**
   * Whether nothing is waited for any more. When the music has begun it is brought to where it would be by now; where
   * the browser does not let it begin, it is given up.
   */
  over(): boolean {
    const { due } = this;
    if (due === null) return true;
    const { kind } = this.player.snapshot().state;
    if (kind === "blocked" || kind === "error") {
      this.cancel();
      this.gaveUp();
      return false;
    }
    if (due.playing && kind !== "playing") return false;
    this.cancel();
    this.came();
    const place = carried(due, this.now());
    if (due.playing && Math.abs(place - this.player.positionSource.read()) > JOINT_SECONDS)
      this.player.seek(place);
    return true;
  }
}
