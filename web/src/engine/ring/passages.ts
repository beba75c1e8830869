import { type ExactResolver, type ExactSource, type FailureReason, NotHere, type Track } from "../types";

import type { Item } from "./messages";

/** Sources that are tried for one track. */
const MOST_ATTEMPTS = 3;

let lastKey = 0;

/** One playing of a track, from its source to its end. The same track played twice is two of them. */
export class Passage {
  readonly key = (lastKey += 1);
  item: Item | null = null;
  codec: string | null = null;
  decoded = false;
  /** There is no source left for it. */
  failed = false;
  private measured: number | null = null;

  constructor(
    readonly track: Track,
    readonly attempt: number,
  ) {}

  /** Seconds, measured where that is known. */
  duration(): number {
    return this.measured ?? this.track.duration;
  }

  opened(codec: string, duration: number | null): void {
    this.codec = codec;
    if (duration !== null) this.measured = duration;
  }

  /** Whether another source is worth a try after a failure. A network is waited for, not gone around. */
  hasAnother(reason: FailureReason): boolean {
    const passing = reason === "network" && this.item?.flowing !== true;
    return !passing && reason !== "unavailable" && this.attempt + 1 < MOST_ATTEMPTS;
  }
}

/** Finds what a passage is played from. */
export class Passages {
  constructor(private readonly resolve: ExactResolver) {}

  /** The passage's item, looked for once. */
  async find(passage: Passage, seconds: number): Promise<Item> {
    passage.item ??= itemOf(passage, await this.resolve(passage.track, seconds, passage.attempt));
    return passage.item;
  }

  /** Another address of the same source, null where there is none. */
  async address({ track, attempt }: Passage, seconds: number): Promise<string | null> {
    const source = await this.resolve(track, seconds, attempt).catch(() => null);
    return source?.url ?? null;
  }
}

/** Why a track whose source was not found does not play here. */
export function refusalOf(cause: unknown): FailureReason {
  return cause instanceof NotHere ? "unsupported" : "unavailable";
}

function itemOf({ key, track }: Passage, { url, start, converted, sound, index, gain }: ExactSource): Item {
  return {
    key,
    url,
    format: track.format,
    seconds: track.duration,
    start,
    flowing: converted,
    sound: converted ? null : sound,
    index: converted ? null : index,
    gain: 10 ** ((gain ?? track.gain ?? 0) / 20),
  };
}
