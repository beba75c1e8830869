import type { Whole } from "./whole";

export interface StartOptions {
  readonly context: BaseAudioContext;
  readonly output: AudioNode;
  readonly whole: Whole;
  /** Seconds of the context. */
  readonly when: number;
  /** Seconds into the music. */
  readonly from: number;
  readonly rate: number;
  readonly amplitude: number;
  readonly ended: () => void;
}

/** A track that is scheduled on the audio clock. */
export interface Playing {
  readonly when: number;
  readonly rate: number;
  /** Seconds of the context at which its music is over. */
  readonly end: number;
  /** Where in the music it is at a time of the context. */
  seconds(at: number): number;
  stop(): void;
}

/** Schedules a decoded track. ended is not called once it was stopped. */
export function startNode(options: StartOptions): Playing {
  const { context, output, whole, rate, amplitude } = options;
  // Times between two frames would be interpolated.
  const exact = (seconds: number) => Math.round(seconds * context.sampleRate) / context.sampleRate;
  const from = exact(options.from);
  const length = Math.max(0, whole.length - from);
  const when = exact(options.when);
  const source = new AudioBufferSourceNode(context, { buffer: whole.buffer, playbackRate: rate });
  const gain = new GainNode(context, { gain: amplitude });
  source.connect(gain).connect(output);
  source.onended = () => {
    gain.disconnect();
    options.ended();
  };
  source.start(when, exact(whole.from + from), exact(length));
  return {
    when,
    rate,
    end: when + length / rate,
    seconds: (at) => Math.min(whole.length, from + Math.max(0, at - when) * rate),
    stop: () => {
      source.onended = null;
      source.stop();
      gain.disconnect();
    },
  };
}
