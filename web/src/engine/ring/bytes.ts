import type { FailureReason } from "../types";

/** Bytes are asked for in multiples of this. */
const BLOCK = 64 * 1024;
/** Blocks of one request at most: it doubles while reading goes straight on. */
const LONGEST_RUN = 8;
/** Blocks that are kept, 8 MB. */
const KEPT = 128;
/** Milliseconds without a byte after which a request counts as lost. */
const PATIENCE_MS = 10_000;
/** Waits before asking again, milliseconds; then the network has failed. */
const WAITS_MS = [0, 200, 500, 1000, 2000, 4000, 4000, 8000, 8000];

/** Why a track cannot be read or decoded. */
export class Failure extends Error {
  constructor(
    readonly reason: FailureReason,
    detail: string,
  ) {
    super(detail);
  }
}

/** Addresses that are tried one after the other. */
const MOST_REFUSALS = 2;

/** A request that is worth another attempt. */
class Lost extends Error {}

export interface BytesOptions {
  readonly url: string;
  /** Ends all reading; what waits is rejected. */
  readonly signal: AbortSignal;
  /** Another address for one that is refused, null if there is none. */
  readonly renew: () => Promise<string | null>;
  readonly fetch?: typeof fetch;
  readonly delay?: (ms: number) => Promise<void>;
}

/** A file on the server, read by ranges, kept in blocks, asked for again when a request is lost. */
export class Bytes {
  private readonly blocks = new Map<number, Promise<Uint8Array>>();
  private total: number | null = null;
  private run = 1;
  private expected = -1;
  private url: string;
  private refusals = 0;
  private readonly fetch: typeof fetch;
  private readonly delay: (ms: number) => Promise<void>;

  constructor(private readonly options: BytesOptions) {
    this.url = options.url;
    this.fetch = options.fetch ?? ((...request) => fetch(...request));
    this.delay = options.delay ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
  }

  /** The file's length, learnt with the block at the place, which will be wanted next. */
  async size(near: number): Promise<number> {
    await this.block(Math.floor(near / BLOCK));
    return this.total ?? 0;
  }

  /** From a byte to before another one; fewer at the end of the file. */
  async read(from: number, to: number): Promise<Uint8Array> {
    const out = new Uint8Array(Math.max(0, to - from));
    let filled = 0;
    while (filled < out.length) {
      const at = from + filled;
      const block = await this.block(Math.floor(at / BLOCK));
      const part = block.subarray(at % BLOCK, (at % BLOCK) + out.length - filled);
      if (part.length === 0) return out.subarray(0, filled);
      out.set(part, filled);
      filled += part.length;
    }
    return out;
  }

  private block(index: number): Promise<Uint8Array> {
    const known = this.blocks.get(index) ?? this.ask(index);
    // What was used last goes last.
    this.blocks.delete(index);
    this.blocks.set(index, known);
    if (index + 1 === this.expected) this.ahead();
    return known;
  }

  /** Asks for the blocks behind those that were asked for last, before they are wanted. */
  private ahead(): void {
    if (this.blocks.has(this.expected) || this.expected * BLOCK >= (this.total ?? 0)) return;
    this.ask(this.expected).catch(() => undefined);
  }

  private ask(index: number): Promise<Uint8Array> {
    this.run = index === this.expected ? Math.min(this.run * 2, LONGEST_RUN) : 1;
    this.expected = index + this.run;
    const whole = this.fetchSurely(index * BLOCK, this.expected * BLOCK);
    for (let at = index; at < index + this.run; at += 1) {
      const offset = (at - index) * BLOCK;
      const part = whole.then((bytes) => bytes.subarray(offset, offset + BLOCK));
      part.catch(() => this.blocks.delete(at));
      this.blocks.set(at, part);
    }
    for (const old of this.blocks.keys()) {
      if (this.blocks.size <= KEPT) break;
      this.blocks.delete(old);
    }
    return this.blocks.get(index) ?? whole;
  }

  private async fetchSurely(from: number, to: number): Promise<Uint8Array> {
    for (const wait of [...WAITS_MS, null]) {
      try {
        return await this.fetchOnce(from, to);
      } catch (cause) {
        if (!(cause instanceof Lost) || this.options.signal.aborted) throw cause;
        if (wait === null) throw new Failure("network", cause.message);
        await this.delay(wait);
      }
    }
    throw new Failure("network", "the request was lost");
  }

  private async fetchOnce(from: number, to: number): Promise<Uint8Array> {
    if (this.total !== null && from >= this.total) return new Uint8Array(0);
    const patience = new Patience(this.options.signal);
    try {
      const response = await this.fetch(this.url, {
        headers: { Range: `bytes=${from}-${to - 1}` },
        signal: patience.signal,
        credentials: "same-origin",
      });
      if (response.status === 416) return new Uint8Array(0);
      if (!response.ok) await this.refused(response);
      return await this.body(response, from, to, patience);
    } catch (cause) {
      if (cause instanceof Failure || cause instanceof Lost || this.options.signal.aborted) throw cause;
      throw new Lost(String(cause));
    } finally {
      patience.end();
    }
  }

  /** Throws: a Lost where asking again may help. */
  private async refused(response: Response): Promise<void> {
    await response.body?.cancel();
    const said = `the server answers ${response.status}`;
    if (response.status === 401 || response.status === 403) {
      this.refusals += 1;
      const url = this.refusals > MOST_REFUSALS ? null : await this.options.renew();
      if (url === null) throw new Failure("unavailable", said);
      this.url = url;
      throw new Lost(said);
    }
    if (response.status === 408 || response.status === 429 || response.status >= 500) throw new Lost(said);
    throw new Failure("unavailable", said);
  }

  private async body(response: Response, from: number, to: number, patience: Patience): Promise<Uint8Array> {
    const size = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
    const length = Number(response.headers.get("content-length"));
    const total = size === undefined ? length : Number(size);
    if (this.total !== null && total !== this.total)
      throw new Failure("unavailable", "the file became another one");
    this.total = total;
    this.refusals = 0;
    const bytes = await collect(response, patience);
    // A server that does not know ranges sends everything.
    const part = response.status === 200 ? bytes.subarray(from, to) : bytes;
    if (part.length < Math.min(to, total) - from) throw new Lost("the answer was cut short");
    return part;
  }
}

async function collect(response: Response, patience: Patience): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    patience.renew();
    parts.push(next.value);
  }
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Ends a request when nothing came for too long. */
class Patience {
  private readonly own = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly signal: AbortSignal;

  constructor(outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.own.signal]);
    this.renew();
  }

  renew(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.own.abort(new Lost("the answer stalls")), PATIENCE_MS);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
