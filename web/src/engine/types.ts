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
  /** dB to level it by; without one it sounds as it is. */
  readonly gain?: number;
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
  /** Seconds of music in a second; 1 where it is missing. */
  readonly rate?: number;
}

/** How a listener bends what plays. */
export interface Vibe {
  /** 0.5 to 2; the pitch stays where the engine can keep it. */
  readonly speed: number;
  /** Semitones, -12 to 12. */
  readonly pitch: number;
}

/**
 * The ways to make sound, best first. ring: decoded here, sample for sample. rendition: the same of what the server
 * converted. whole: decoded whole into the ring. buffer: whole tracks scheduled behind each other, without a worklet.
 * element: the browser's own player.
 */
export type Rung = "ring" | "rendition" | "whole" | "buffer" | "element";

/** Why a better rung is out of reach. "insecure": the page came over plain http. */
export type Hindrance = "insecure" | "noDecoder" | "noWorklet" | "codec" | "broken";

/** What plays now and what can be asked of it. */
export interface About {
  readonly rung: Rung;
  /** In the words of WebCodecs, null until it is known. */
  readonly codec: string | null;
  /** Joints lose and add no sample. */
  readonly exactJoints: boolean;
  readonly speed: boolean;
  readonly pitch: boolean;
  readonly why: Hindrance | null;
}

/** A sample of a track with the moment of the audio clock at which it leaves the engine. */
export interface Placement {
  readonly track: Track;
  /** Counted from the beginning of the music; may lie between two. */
  readonly sample: number;
  /** Hz, of the sample. */
  readonly sampleRate: number;
  /** Samples of the track in the time of one. */
  readonly rate: number;
  /** Seconds of the audio context. */
  readonly contextTime: number;
  /** Seconds from the engine to the ear, as far as the browser knows. */
  readonly latency: number;
}

/** How the sound has fared since the engine was made. */
export interface Report {
  /** Times at which there was nothing to play though it was wanted. */
  readonly underruns: number;
  /** Seconds that are ready to be played. */
  readonly ahead: number;
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
  /** There was nothing left to play; sound comes back by itself. */
  underrun: Report;
  /** Some times a second while playing. */
  report: Report;
  /** The answer of about() is another one. */
  about: About;
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
  /** Takes effect at once; what the engine cannot do is left out, see about(). */
  setVibe(vibe: Vibe): void;
  /** Seconds by which a track's end and the next one's beginning overlap; 0 joins them. */
  setCrossfade(seconds: number): void;
  /**
   * Starts what is loaded at a moment of the audio clock; one that has passed starts as far into the music. Engines
   * without a clock start at once.
   */
  startAt(contextTime: number): void;
  /** Plays by a factor faster or slower, gliding, without keeping the pitch: to stay together with other players. */
  nudge(rate: number): void;
  position(): Position;
  /** null while nothing plays, and from engines that do not know it to the sample. */
  placement(): Placement | null;
  about(): About;
  state(): EngineState;
  on<Name extends keyof EngineEvents>(name: Name, listener: (value: EngineEvents[Name]) => void): Unsubscribe;
  dispose(): void;
}

/** What is known of a track's samples, counted over what a decoder gives that trims nothing. */
export interface SoundFacts {
  /** Hz, of what follows. */
  readonly sampleRate: number;
  /** Samples before the music. */
  readonly startTrim: number;
  /** Samples of music behind those; 0 where that is not known. */
  readonly totalSamples: number;
  /** Where that is from; with "none" joints are blended. */
  readonly trimSource: string;
}

/** For each second the last frame that begins at or before it. */
export interface SeekIndex {
  readonly sampleRate: number;
  /** Bytes. */
  readonly entries: readonly number[];
  /** The first sample of each, before startTrim is cut off. */
  readonly samples: readonly number[];
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

/** A source with what a decoder wants to know of it; null where nothing is known. */
export interface ExactSource extends Source {
  readonly sound: SoundFacts | null;
  readonly index: SeekIndex | null;
  /** dB to level it by, in place of the track's own. */
  readonly gain?: number;
}

/** A resolver's word that another engine should play the track. */
export class NotHere extends Error {}

/** As SourceResolver; a NotHere leaves the track to another engine. Asked again with the same attempt when an address has run out. */
export type ExactResolver = (track: Track, seconds: number, attempt: number) => Promise<ExactSource>;
