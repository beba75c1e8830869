import type { Unsubscribe } from "@/lib/emitter";

/** What the engine and the queue know of a song: enough to play it and to name it on a lock screen. */
export interface Track {
  readonly id: number;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly albumId: number | null;
  /** Seconds as the library knows them; the engine may measure better. */
  readonly duration: number;
  readonly coverUrl: string | null;
  readonly coverHue: number;
  readonly liked: boolean;
  /** What the file is, in the words of the API, such as "flac". */
  readonly format: string;
  /** kbit/s of the file. */
  readonly bitRate: number;
}

/** Why a track does not play. "network" may pass; the others stay. */
export type FailureReason = "network" | "unsupported" | "damaged" | "unavailable";

/**
 * idle: nothing loaded. ready: loaded, never started. stalled: wants to play, waits for data.
 * blocked: the browser wants a gesture first.
 */
export type EngineState =
  | { readonly kind: "idle" | "loading" | "ready" | "playing" | "paused" | "stalled" | "blocked" }
  | { readonly kind: "error"; readonly reason: FailureReason };

/** A position with the moment it was true, so that a reader can carry it forward. */
export interface Position {
  readonly seconds: number;
  /** performance.now() milliseconds. */
  readonly at: number;
}

export interface LoadOptions {
  readonly autoplay: boolean;
  /** Seconds to start from. */
  readonly position?: number;
}

export type EngineEvents = {
  state: EngineState;
  /** The measured length of the current track in seconds. */
  duration: number;
  /** Several times a second while playing. */
  progress: Position;
  /** The position moved otherwise than by playing. */
  seeked: Position;
  /** The engine went on to the track given by setNext, without a stop. */
  advanced: Track;
  /** The current track ended and no next one was set. */
  ended: Track;
};

/**
 * Turns tracks into sound. It knows one track and the next, nothing of queues. Every call returns at once;
 * what comes of it is told by events. A later load cancels everything an earlier one started.
 */
export interface Engine {
  load(track: Track, options: LoadOptions): void;
  /** Forgets the current and the next track. */
  unload(): void;
  play(): void;
  pause(): void;
  seek(seconds: number): void;
  /** 0 to 1, as people judge loudness. */
  setVolume(level: number): void;
  /** What to play without a gap when the current track ends. */
  setNext(track: Track | null): void;
  position(): Position;
  state(): EngineState;
  on<Name extends keyof EngineEvents>(name: Name, listener: (value: EngineEvents[Name]) => void): Unsubscribe;
  dispose(): void;
}

/** Where a track's audio is. */
export interface Source {
  readonly url: string;
  /** Seconds of the track that come before the audio's beginning. */
  readonly start: number;
  /** The audio is made while it is listened to: its length is the track's, and it can be asked for from any second on. */
  readonly converted: boolean;
}

/**
 * Finds the audio of a track, from some seconds on where that matters. The attempt counts from 0 and grows when what
 * was found before did not play. A rejection means that the track is unavailable.
 */
export type SourceResolver = (track: Track, seconds: number, attempt: number) => Promise<Source>;
