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

  /** Whether nothing is waited for any more. When the music has begun it is brought to where it would be by now. */
  over(): boolean {
    if (this.due === null) return true;
    const { state, wantsToPlay } = this.player.snapshot();
    if (wantsToPlay && state.kind !== "playing") return false;
    const place = carried(this.due, this.now());
    this.cancel();
    if (wantsToPlay && Math.abs(place - this.player.positionSource.read()) > JOINT_SECONDS)
      this.player.seek(place);
    return true;
  }
}
