import type { About, Placement, Position, Track } from "../types";

import type { Told } from "./messages";
import type { Passage } from "./passages";

export type Report = Extract<Told, { kind: "report" }>;

/** Where a track is now by what the ring said last, carried on by the audio clock. */
export function positionOf(report: Report, context: BaseAudioContext, at: number): Position {
  const placed = report.sample / report.sampleRate;
  const passed = report.state === "playing" ? context.currentTime - report.frame / context.sampleRate : 0;
  return { seconds: Math.max(0, placed + passed * report.rate), at, rate: report.rate };
}

/** What the ring said last, as others can count on it. */
export function placementOf(report: Report, context: AudioContext, track: Track): Placement {
  const { sampleRate, outputLatency, baseLatency } = context;
  return {
    track,
    sample: report.sample,
    sampleRate: report.sampleRate,
    rate: report.rate,
    contextTime: report.frame / sampleRate,
    latency: outputLatency > 0 ? outputLatency : baseLatency,
  };
}

/** What the ring can with a track. A conversion that was not the first choice is one for want of a decoder. */
export function aboutRing(current: Passage | null, pitch: boolean, broken: boolean): About {
  const converted = current?.item?.flowing === true;
  const lacking = converted && current !== null && current.attempt > 0 ? "codec" : null;
  return {
    rung: converted ? "rendition" : "ring",
    codec: current?.codec ?? null,
    exactJoints: true,
    speed: true,
    pitch,
    why: broken ? "broken" : lacking,
  };
}
