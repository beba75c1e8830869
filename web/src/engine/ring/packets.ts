import {
  ADTS,
  CustomSource,
  type EncodedPacket,
  EncodedPacketSink,
  FLAC,
  Input,
  type InputAudioTrack,
  MP3,
  MP4,
  OGG,
  ReadableStreamSource,
  type Source,
  WAVE,
} from "mediabunny";

import { type Bytes, Failure } from "./bytes";
import type { Item } from "./messages";

/** Tried in this order: those that begin with a name first, those that are searched for sync words last. */
const FORMATS = [OGG, FLAC, WAVE, MP4, MP3, ADTS];
/** Bytes that the demuxer keeps besides our blocks. */
const KEPT = 2 ** 21;
/** A seek index helps where a frame can be found by its byte alone; the other formats find their way fast. */
const INDEXED = ["mp3", "flac", "aac"];
/** "fLaC" with the one block that every file begins with. */
const FLAC_HEAD = 42;

/** Seconds that a decoder needs before its output is right. */
const PRE_ROLL: Readonly<Record<string, number>> = { mp3: 0.15, aac: 0.1, vorbis: 0.1, opus: 0.3 };

/** Packets in their order from a place on, and where the first of them lies. */
export interface Packets {
  readonly config: AudioDecoderConfig;
  /** mp3, aac, vorbis, opus, flac, pcm-… */
  readonly codec: string;
  /** Seconds from the file's first packet to where the first packet's sound begins, before any trim. */
  readonly from: number;
  /** Samples at the config's rate that this container says are no music at the start. */
  readonly trim: number;
  /** Seconds, the same for a packet of this run that a decoder begins with. */
  place(packet: EncodedPacket): number;
  /** Seconds, where the packet's sound ends. */
  end(packet: EncodedPacket): number;
  list(): AsyncGenerator<EncodedPacket, void, unknown>;
  close(): void;
}

/** Opens a file so that decoding from its packets gives correct sound at a second, counted before any trim. */
export async function openFile(bytes: Bytes, item: Item, seconds: number): Promise<Packets> {
  const entry = indexed(item, seconds);
  if (entry === null) return open(view(bytes, 0, new Uint8Array(0)), seconds);
  const head = item.format === "flac" ? await flacHead(bytes) : new Uint8Array(0);
  if (head === null) return open(view(bytes, 0, new Uint8Array(0)), seconds);
  return open(view(bytes, entry.byte, head), 0, entry.seconds);
}

/** Opens what can only be read from front to back, from its beginning. */
export function openFlow(stream: ReadableStream<Uint8Array>): Promise<Packets> {
  return open(
    new ReadableStreamSource(stream, { maxCacheSize: KEPT, handleUnhandledError: () => undefined }),
    0,
  );
}

/** The frame from which on to decode for a second, null where the file is to be opened at its beginning. */
function indexed({ format, index }: Item, seconds: number): { byte: number; seconds: number } | null {
  if (index === null || !INDEXED.includes(format)) return null;
  const at = Math.floor(seconds - (PRE_ROLL[format] ?? 0));
  const entry = Math.min(at, index.entries.length - 1);
  const [byte, sample] = [index.entries[entry], index.samples[entry]];
  return entry < 1 || byte === undefined || sample === undefined
    ? null
    : { byte, seconds: sample / index.sampleRate };
}

async function flacHead(bytes: Bytes): Promise<Uint8Array | null> {
  const head = (await bytes.read(0, FLAC_HEAD)).slice();
  if (String.fromCharCode(...head.subarray(0, 4)) !== "fLaC" || head.length < FLAC_HEAD) return null;
  head[4] = (head[4] ?? 0) | 0x80; // the last block before the frames
  return head;
}

/** The head, then the file from a byte on, as if that were a file. */
function view(bytes: Bytes, from: number, head: Uint8Array): Source {
  return new CustomSource({
    getSize: async () => (await bytes.size(from)) - from + head.length,
    read: async (start, end) => {
      if (start >= head.length) return bytes.read(from + start - head.length, from + end - head.length);
      const rest = end > head.length ? await bytes.read(from, from + end - head.length) : new Uint8Array(0);
      const out = new Uint8Array(Math.min(end, head.length) - start + rest.length);
      out.set(head.subarray(start, end));
      out.set(rest, out.length - rest.length);
      return out;
    },
    maxCacheSize: KEPT,
    handleUnhandledError: () => undefined,
  });
}

async function open(source: Source, seconds: number, base = 0): Promise<Packets> {
  const input = new Input({ formats: FORMATS, source });
  try {
    return await describe(input, seconds, base);
  } catch (cause) {
    input.dispose();
    throw cause;
  }
}

async function describe(input: Input, seconds: number, base: number): Promise<Packets> {
  const track = await primary(input);
  const config = await track.getDecoderConfig();
  if (config === null) throw new Failure("unsupported", "the codec is unknown");
  const codec = (await track.getCodec()) ?? "";
  const sink = new EncodedPacketSink(track);
  const first = await sink.getFirstPacket();
  if (first === null) throw new Failure("damaged", "there is no sound in the file");
  const skip = codec === "opus" ? preSkip(config) : 0;
  // Before the pre-skip of Opus the container counts no time.
  const zero = first.timestamp - (first.timestamp === 0 ? skip / config.sampleRate : 0);
  const place = (packet: EncodedPacket): number =>
    base + (packet.timestamp === first.timestamp ? 0 : packet.timestamp - zero);
  const start = await startOf(
    sink,
    first,
    zero + seconds - base - (PRE_ROLL[codec] ?? 0),
    skip / config.sampleRate,
  );
  return {
    config: codec === "opus" ? withoutPreSkip(config) : config,
    codec,
    from: place(start) + (codec === "vorbis" ? start.duration : 0),
    trim: codec === "opus" ? skip : Math.max(0, Math.round(-first.timestamp * config.sampleRate)),
    place: (packet) => place(packet) + (codec === "vorbis" ? packet.duration : 0),
    end: (packet) => place(packet) + packet.duration,
    list: () => sink.packets(start),
    close: () => input.dispose(),
  };
}

async function primary(input: Input): Promise<InputAudioTrack> {
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw new Failure("unsupported", "there is no sound in the file");
  return track;
}

/** The packet to begin with for a time stamp; near the beginning it is the first one. */
async function startOf(
  sink: EncodedPacketSink,
  first: EncodedPacket,
  timestamp: number,
  skip: number,
): Promise<EncodedPacket> {
  if (timestamp <= first.timestamp + skip) return first;
  const packet = await sink.getPacket(timestamp);
  return packet === null || packet.timestamp <= first.timestamp + skip ? first : packet;
}

/** Chromium, and WebKit after it, cuts the pre-skip off after every start; where it is cut is counted here instead. */
function withoutPreSkip(config: AudioDecoderConfig): AudioDecoderConfig {
  const head = opusHead(config)?.slice();
  if (head === undefined) return config;
  head.fill(0, 10, 12);
  return { ...config, description: head };
}

function preSkip(config: AudioDecoderConfig): number {
  const head = opusHead(config);
  return head === undefined ? 0 : (head[10] ?? 0) + 256 * (head[11] ?? 0);
}

function opusHead({ description }: AudioDecoderConfig): Uint8Array | undefined {
  if (description === undefined) return undefined;
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
}
