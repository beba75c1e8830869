import type { FailureReason, SeekIndex, SoundFacts } from "../types";

/** A track on its way through worker and ring. The same song twice in a row has two keys. */
export interface Item {
  readonly key: number;
  readonly url: string;
  /** The file's format in the words of the API. */
  readonly format: string;
  /** The whole track, as the library knows it. */
  readonly seconds: number;
  /** Seconds of the track before the audio's beginning. */
  readonly start: number;
  /** It can be read once from front to back only. */
  readonly flowing: boolean;
  readonly sound: SoundFacts | null;
  readonly index: SeekIndex | null;
  /** Amplitude, 1 leaves it as it is. */
  readonly gain: number;
}

/** Every message carries the generation of the load or seek that it belongs to; older ones are dropped. */
export type ToWorker =
  | { readonly kind: "begin"; readonly ring: MessagePort }
  | { readonly kind: "play"; readonly generation: number; readonly item: Item; readonly seconds: number }
  /** What follows the track with the key; what was to follow it before does not any more. */
  | {
      readonly kind: "next";
      readonly generation: number;
      readonly after: number;
      readonly item: Item | null;
      readonly crossfade: number;
    }
  | { readonly kind: "address"; readonly key: number; readonly url: string | null }
  | { readonly kind: "stop"; readonly generation: number };

export type FromWorker =
  | {
      readonly kind: "opened";
      readonly generation: number;
      readonly key: number;
      readonly codec: string;
      /** Seconds of music from the track's beginning, null where it is not known yet. */
      readonly duration: number | null;
    }
  /** Everything of the track is decoded. */
  | { readonly kind: "decoded"; readonly generation: number; readonly key: number }
  | {
      readonly kind: "failed";
      readonly generation: number;
      readonly key: number;
      readonly reason: FailureReason;
      readonly detail: string;
    }
  /** The address is refused: is there another? Answered by "address". */
  | { readonly kind: "expired"; readonly key: number };

/** Sound on its way into the ring, from the worker or whoever decodes. */
export type ToRing =
  /** What follows is of this track, from this sample on; it overlaps with what came before by so many seconds. */
  | {
      readonly kind: "segment";
      readonly generation: number;
      readonly key: number;
      readonly sample: number;
      readonly sampleRate: number;
      readonly gain: number;
      readonly overlap: number;
    }
  | {
      readonly kind: "frames";
      readonly generation: number;
      readonly left: Float32Array;
      readonly right: Float32Array;
    }
  /** Nothing follows for now: the ring may play what it has to its end. */
  | { readonly kind: "end"; readonly generation: number }
  /** Takes the track out again, if it has not begun to sound. */
  | { readonly kind: "cut"; readonly generation: number; readonly key: number };

/** How many frames the ring holds unplayed, for who fills it. */
export interface FromRing {
  readonly generation: number;
  readonly ahead: number;
}

export type Command =
  | { readonly kind: "fill"; readonly port: MessagePort }
  /** A new generation: its sound takes the place of the old one's, which goes on meanwhile or stops at once. */
  | { readonly kind: "load"; readonly generation: number; readonly keep: boolean }
  /** Plays from a frame of the context on, null: as soon as there is enough. */
  | { readonly kind: "play"; readonly frame: number | null }
  | { readonly kind: "pause" }
  | { readonly kind: "volume"; readonly amplitude: number }
  | { readonly kind: "rate"; readonly rate: number; readonly seconds: number }
  /** The second output: so many seconds of listening ahead of the first, null for silence. */
  | { readonly kind: "tap"; readonly ahead: number | null };

/** waiting: wants to play and has too little. */
export type RingState = "empty" | "waiting" | "playing" | "paused" | "ended";

export type Told =
  | {
      readonly kind: "report";
      readonly generation: number;
      readonly state: RingState;
      readonly key: number;
      readonly sample: number;
      readonly sampleRate: number;
      readonly rate: number;
      /** Of the context, at which the sample leaves. */
      readonly frame: number;
      readonly ahead: number;
      readonly underruns: number;
    }
  /** The track began to sound behind another one. */
  | { readonly kind: "passed"; readonly generation: number; readonly key: number };
