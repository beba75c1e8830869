import type { Queue } from "./queue";
import type { EngineState, FailureReason, Track, Vibe } from "./types";

/** Everything the interface shows of the player, as one value that is replaced when something changes. */
export interface PlayerSnapshot {
  readonly track: Track | null;
  readonly queue: Queue;
  readonly state: EngineState;
  /** What the listener asked for: true also while a song still loads. */
  readonly wantsToPlay: boolean;
  /** Seconds; the measured length once it is known. */
  readonly duration: number;
  /** 0 to 1, unchanged by muting. */
  readonly volume: number;
  readonly muted: boolean;
  readonly vibe: Vibe;
}

/** skipped: a song would not play and the next one was tried. gaveUp: too many in a row, or nothing is left. */
export interface PlayerNotice {
  readonly kind: "skipped" | "gaveUp";
  readonly track: Track;
  readonly reason: FailureReason;
}
