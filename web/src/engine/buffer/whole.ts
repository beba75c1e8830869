import type { ExactSource, FailureReason, SoundFacts, Track } from "../types";

/** Seconds beyond which a track takes too much memory: about 23 MB a minute. */
export const LONGEST = 12 * 60;
/** Frames by which a browser's own trim may differ from the measured one after resampling. */
const SLACK = 4;

/** Why a track cannot be had whole. */
export class WholeFailure extends Error {
  constructor(readonly reason: FailureReason) {
    super(reason);
  }
}

/** A decoded track and where in the buffer its music lies, seconds. */
export interface Whole {
  readonly buffer: AudioBuffer;
  readonly from: number;
  readonly length: number;
}

/** Fetches and decodes a whole track at the context's rate. A rejection is a WholeFailure or the abort. */
export async function fetchWhole(
  context: BaseAudioContext,
  track: Track,
  source: ExactSource,
  signal: AbortSignal,
): Promise<Whole> {
  if (track.duration > LONGEST) throw new WholeFailure("unsupported");
  const bytes = await fetchBytes(source.url, signal);
  const buffer = await context.decodeAudioData(bytes).catch(() => {
    throw new WholeFailure("damaged");
  });
  return { buffer, ...musicIn(buffer, source.sound) };
}

async function fetchBytes(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url, { signal, credentials: "same-origin" });
    if (response.ok) return await response.arrayBuffer();
    throw new WholeFailure(response.status === 429 || response.status >= 500 ? "network" : "unavailable");
  } catch (cause) {
    if (cause instanceof WholeFailure || signal.aborted) throw cause;
    throw new WholeFailure("network");
  }
}

/** Browsers trim what their decoders know of; what is longer than the music is cut as the server measured it. */
export function musicIn(
  { length, sampleRate }: Pick<AudioBuffer, "length" | "sampleRate">,
  sound: SoundFacts | null,
): { from: number; length: number } {
  if (sound === null || sound.totalSamples === 0) return { from: 0, length: length / sampleRate };
  const scale = sampleRate / sound.sampleRate;
  const total = Math.round(sound.totalSamples * scale);
  const trim = Math.round(sound.startTrim * scale);
  const untrimmed = trim > 0 && length >= trim + total - SLACK;
  const from = untrimmed ? trim : 0;
  return { from: from / sampleRate, length: Math.min(total, length - from) / sampleRate };
}
