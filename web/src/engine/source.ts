import type { Quality } from "@/lib/quality";

import type { Source, Track } from "./types";

/** What the server can convert songs to. */
export interface Ability {
  readonly formats: readonly { readonly format: string; readonly mediaType: string }[];
}

/** How sure the browser is that it plays a media type, as HTMLMediaElement.canPlayType answers it. */
export type CanPlay = (mediaType: string) => string;

export interface SourceOptions {
  readonly quality: () => Quality;
  /** A rejection counts as no ability for now. */
  readonly ability: () => Promise<Ability>;
  readonly canPlay: CanPlay;
  readonly address: (track: Track, query: string) => string;
  readonly delay: (ms: number) => Promise<void>;
}

/** How a browser is asked about the formats of files. Those that are missing here no browser plays. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg",
  flac: "audio/flac",
  ogg: 'audio/ogg; codecs="vorbis"',
  opus: 'audio/ogg; codecs="opus"',
  m4a: 'audio/mp4; codecs="mp4a.40.2"',
  alac: 'audio/mp4; codecs="alac"',
  wav: "audio/wav",
  aiff: "audio/aiff",
  webm: "audio/webm",
};

/** kbit/s by what is converted to, in the order of preference. MP3 is what every browser plays and seeks in. */
const RATES = [
  { format: "opus", high: 160, saver: 64 },
  { format: "mp3", high: 256, saver: 128 },
] as const;

/** A server that converts all it can says so; the next try has to wait a little. */
const BUSY_MS = 2000;

/** The server has nothing to convert behind the end, so a seek to it stops short by so many seconds. */
const LEAST_LEFT = 0.5;

/** A conversion that failed is tried once more; after that comes the file itself, where the browser can play it. */
const MOST_ATTEMPTS = 2;

/** Finds out how a track is best fetched, as the listener chose and the browser can. */
export class SourceChooser {
  private asked: Promise<Ability> | null = null;

  constructor(private readonly options: SourceOptions) {}

  /** The source of a track from some seconds on; attempt counts from 0. A rejection means that there is none left. */
  async choose(track: Track, seconds: number, attempt: number): Promise<Source> {
    const plays = this.plays(track.format);
    if (attempt > MOST_ATTEMPTS) throw new Error("no source is left");
    if (plays && (attempt === MOST_ATTEMPTS || this.options.quality() === "original"))
      return this.original(track);
    if (attempt > 0) await this.options.delay(BUSY_MS);
    const rate = await this.rate(track, plays);
    return rate === null ? this.original(track) : this.converted(track, rate, seconds);
  }

  private plays(format: string): boolean {
    const mediaType = MEDIA_TYPES[format];
    return mediaType !== undefined && this.options.canPlay(mediaType) !== "";
  }

  /** What to convert to, null where the file itself is the better choice. */
  private async rate(track: Track, plays: boolean): Promise<{ format: string; bitRate: number } | null> {
    const { formats } = await this.ability();
    const quality = this.options.quality() === "saver" ? "saver" : "high";
    for (const rate of RATES) {
      const offer = formats.find((one) => one.format === rate.format);
      if (offer === undefined || this.options.canPlay(offer.mediaType) === "") continue;
      // Converting what is small already only makes it worse.
      return plays && track.bitRate > 0 && track.bitRate <= rate[quality]
        ? null
        : { format: rate.format, bitRate: rate[quality] };
    }
    return null;
  }

  /** What the server can, asked once; a server that could not be asked is asked again for the next track. */
  private ability(): Promise<Ability> {
    this.asked ??= this.options.ability().catch(() => {
      this.asked = null;
      return { formats: [] };
    });
    return this.asked;
  }

  private original(track: Track): Source {
    return { url: this.options.address(track, ""), start: 0, converted: false };
  }

  private converted(
    track: Track,
    { format, bitRate }: { format: string; bitRate: number },
    seconds: number,
  ): Source {
    const start = Math.floor(Math.max(0, Math.min(seconds, track.duration - LEAST_LEFT)) * 1000) / 1000;
    const query = new URLSearchParams({ format, bitRate: String(bitRate) });
    if (start > 0) query.set("start", String(start));
    return { url: this.options.address(track, query.toString()), start, converted: true };
  }
}
