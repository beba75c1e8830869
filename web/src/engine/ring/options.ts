import type { ExactResolver } from "../types";

/** What the engine is given from outside. */
export interface RingEngineOptions {
  readonly context: AudioContext;
  readonly resolve: ExactResolver;
  /** Where the sound goes instead of the loudspeakers. */
  readonly output?: AudioNode;
  readonly now?: () => number;
}
