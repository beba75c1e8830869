import type { FailureReason } from "../types";

import { Bytes, Failure } from "./bytes";
import { decode } from "./decoding";
import type { FromRing, FromWorker, Item, ToRing } from "./messages";
import { openFile, openFlow, type Packets } from "./packets";
import { MOST_AHEAD } from "./ring";
import { type Cut, Trimmed } from "./trimmed";

/** Seconds of sound that are kept ready. */
const HIGH_WATER = 10;
/** Seconds in which tracks blend whose exact ends nobody knows. */
const BLEND = 0.01;
/** Shares of a track that a crossfade may take. */
const LONGEST_SHARE = 1 / 3;

export interface LineLinks {
  readonly tell: (told: FromWorker) => void;
  readonly send: (sound: ToRing) => void;
  /** Another address for a track's refused one. */
  readonly renew: (key: number) => Promise<string | null>;
}

interface Next {
  readonly item: Item | null;
  readonly crossfade: number;
}

/** Decodes one track behind the other into the ring, from a load or a seek until the next one. */
export class Line {
  private readonly whole = new AbortController();
  private current: { readonly item: Item; readonly abort: AbortController } | null = null;
  private next: Next = { item: null, crossfade: 0 };
  /** Ends the wait for what comes next. */
  private wake: (() => void) | null = null;
  private ahead = 0;
  private sent = 0;
  private roomy: (() => void) | null = null;
  private highest = MOST_AHEAD;

  constructor(
    private readonly generation: number,
    private readonly links: LineLinks,
  ) {}

  async run(first: Item, seconds: number): Promise<void> {
    let [item, start, overlap]: [Item, number, number] = [first, seconds, 0];
    while (!this.whole.signal.aborted) {
      const through = await this.track(item, start, overlap);
      if (this.whole.signal.aborted) return;
      const next = await this.following(through);
      if (next === null) return;
      [item, start, overlap] = [next.item, 0, overlapOf(item, next.item, next.crossfade)];
    }
  }

  /** What follows the track with the key. */
  follow(after: number, next: Next): void {
    this.next = next;
    const { current } = this;
    if (current !== null && current.item.key !== after) {
      // The one that was to follow is on its way already.
      current.abort.abort();
      this.links.send({ kind: "cut", generation: this.generation, key: current.item.key });
    }
    this.wake?.();
  }

  /** The ring says how much of this line it has not played. */
  filled({ ahead }: FromRing): void {
    this.ahead = ahead;
    this.sent = 0;
    if (this.ahead < this.highest) this.roomy?.();
  }

  stop(): void {
    this.whole.abort();
    this.current?.abort.abort();
    this.wake?.();
    this.roomy?.();
  }

  /** Answers whether the track was decoded to its end. */
  private async track(item: Item, seconds: number, overlap: number): Promise<boolean> {
    const abort = new AbortController();
    this.current = { item, abort };
    if (this.whole.signal.aborted) abort.abort();
    try {
      await this.decodeTrack(item, seconds, overlap, abort.signal);
    } catch (cause) {
      if (!abort.signal.aborted) this.failed(item, cause);
      return false;
    }
    this.links.tell({ kind: "decoded", generation: this.generation, key: item.key });
    return true;
  }

  private async decodeTrack(
    item: Item,
    seconds: number,
    overlap: number,
    signal: AbortSignal,
  ): Promise<void> {
    const begin = Math.max(0, seconds - item.start);
    const packets = await this.open(item, begin, signal);
    const stop = () => packets.close();
    signal.addEventListener("abort", stop);
    try {
      const rate = packets.config.sampleRate;
      const cut = cutOf(item, packets);
      this.highest = Math.min(MOST_AHEAD, HIGH_WATER * rate);
      this.opened(item, packets, cut);
      const { key, gain } = item;
      const opening = { generation: this.generation, key, gain, overlap, seconds: begin, before: item.start };
      const trimmed = new Trimmed(cut, opening, (sound) => {
        if (!signal.aborted) this.send(sound);
      });
      await decode(
        packets,
        { room: () => this.room(), full: () => trimmed.full(), put: trimmed.put.bind(trimmed) },
        signal,
      );
      trimmed.finish(rate);
      if (trimmed.given === 0 && begin === 0) throw new Failure("damaged", "nothing could be decoded");
    } finally {
      signal.removeEventListener("abort", stop);
      packets.close();
    }
  }

  private async open(item: Item, seconds: number, signal: AbortSignal): Promise<Packets> {
    const { key, url } = item;
    if (item.flowing) return openFlow(await flow(url, signal));
    const bytes = new Bytes({ url, signal, renew: () => this.links.renew(key) });
    const trim = item.sound === null ? 0 : item.sound.startTrim / item.sound.sampleRate;
    return openFile(bytes, item, seconds + trim);
  }

  private opened(item: Item, packets: Packets, cut: Cut): void {
    const duration = cut.total === null || item.flowing ? null : cut.total / cut.rate;
    this.links.tell({
      kind: "opened",
      generation: this.generation,
      key: item.key,
      codec: packets.codec,
      duration,
    });
  }

  private failed(item: Item, cause: unknown): void {
    const reason: FailureReason =
      cause instanceof Failure ? cause.reason : item.flowing ? "network" : "damaged";
    const detail = cause instanceof Error ? cause.message : String(cause);
    this.links.tell({ kind: "failed", generation: this.generation, key: item.key, reason, detail });
  }

  /** Waits for another track; until there is one the ring may play to its end. */
  private async following(through: boolean): Promise<{ item: Item; crossfade: number } | null> {
    if (through && this.next.item === null) this.end();
    // A track that failed is not followed by itself: what is to be done is decided where it was ordered.
    if (!through && this.current?.abort.signal.aborted !== true) this.next = { item: null, crossfade: 0 };
    while (this.next.item === null) {
      if (!through) this.end();
      await new Promise<void>((done) => (this.wake = done));
      if (this.whole.signal.aborted) return null;
    }
    const { item, crossfade } = this.next;
    this.next = { item: null, crossfade: 0 };
    return { item, crossfade };
  }

  private end(): void {
    this.send({ kind: "end", generation: this.generation });
  }

  private send(sound: ToRing): void {
    if (sound.kind === "frames") this.sent += sound.left.length;
    this.links.send(sound);
  }

  private async room(): Promise<void> {
    while (this.ahead + this.sent >= this.highest && !this.whole.signal.aborted) {
      await new Promise<void>((done) => (this.roomy = done));
      this.roomy = null;
    }
  }
}

/** Where music begins and ends in a file: as the server measured it, else as the container says. */
function cutOf({ sound }: Item, { trim, config, codec }: Packets): Cut {
  const known = sound !== null && sound.sampleRate > 0 && sound.totalSamples > 0;
  if (known)
    return { trim: sound.startTrim, total: sound.totalSamples, rate: sound.sampleRate, byPackets: false };
  const byPackets = codec === "opus" || codec === "vorbis";
  return { trim, total: null, rate: config.sampleRate, byPackets };
}

function overlapOf(before: Item, after: Item, crossfade: number): number {
  const exact = [before, after].every(
    ({ sound, flowing }) => flowing || (sound !== null && sound.trimSource !== "none"),
  );
  const shortest = Math.min(...[before, after].map(({ seconds }) => seconds)) * LONGEST_SHARE;
  return Math.max(exact ? 0 : BLEND, Math.min(crossfade, shortest));
}

async function flow(url: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(url, { signal, credentials: "same-origin" }).catch((cause: unknown) => {
    throw new Failure("network", String(cause));
  });
  if (response.ok && response.body !== null) return response.body;
  await response.body?.cancel();
  const passing = response.status === 429 || response.status >= 500;
  throw new Failure(passing ? "network" : "unavailable", `the server answers ${response.status}`);
}
