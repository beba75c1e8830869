import type { EncodedPacket } from "mediabunny";

import { Failure } from "./bytes";
import type { Packets } from "./packets";
import { readPcm, readsPcm } from "./pcm";

/** Packets that wait in the decoder. */
const QUEUE = 16;
/** Packets of one track that may be broken. */
const MOST_BROKEN = 40;

/** Where decoded sound goes. */
export interface Outlet {
  /** Resolves when more is wanted. */
  room(): Promise<void>;
  /** Everything that is wanted came. */
  full(): boolean;
  /** Samples of each channel at a place counted from the file's first packet. end: seconds, of the packets so far. */
  put(at: number, rate: number, planes: Float32Array[], end: number): void;
}

/** Decodes packets until they end, enough came or the signal stops it. A rejection is a Failure or the abort. */
export async function decode(packets: Packets, outlet: Outlet, signal: AbortSignal): Promise<void> {
  if (readsPcm(packets.codec)) return plain(packets, outlet, signal);
  const support = await AudioDecoder.isConfigSupported(packets.config).catch(() => ({ supported: false }));
  if (support.supported !== true) throw new Failure("unsupported", `no decoder for ${packets.config.codec}`);
  await coded(packets, outlet, signal);
}

async function plain(packets: Packets, outlet: Outlet, signal: AbortSignal): Promise<void> {
  const { sampleRate, numberOfChannels } = packets.config;
  for await (const packet of packets.list()) {
    signal.throwIfAborted();
    const planes = readPcm(packets.codec, packet.data, numberOfChannels);
    outlet.put(Math.round(packets.place(packet) * sampleRate), sampleRate, planes, packets.end(packet));
    if (outlet.full()) return;
    await outlet.room();
  }
}

async function coded(packets: Packets, outlet: Outlet, signal: AbortSignal): Promise<void> {
  let run = new Run(packets, outlet, packets.from);
  let broken = 0;
  try {
    for await (const packet of packets.list()) {
      signal.throwIfAborted();
      // A broken packet closes the decoder; the one after it begins anew at its own place.
      if (run.broken && (broken += 1) > MOST_BROKEN)
        throw new Failure("damaged", "too much of the file is damaged");
      if (run.broken) run = new Run(packets, outlet, packets.place(packet));
      await run.take(packet);
      if (outlet.full()) return;
      await outlet.room();
    }
    await run.finish();
  } finally {
    run.close();
  }
}

/** One decoder from its first packet to its end or its failure. It counts what comes out. */
class Run {
  broken = false;
  private next: number | null = null;
  private end = 0;
  private readonly decoder: AudioDecoder;

  constructor(
    private readonly packets: Packets,
    private readonly outlet: Outlet,
    private readonly from: number,
  ) {
    this.decoder = new AudioDecoder({
      output: (data) => this.heard(data),
      error: () => (this.broken = true),
    });
    this.decoder.configure(packets.config);
  }

  async take(packet: EncodedPacket): Promise<void> {
    this.end = Math.max(this.end, this.packets.end(packet));
    this.decoder.decode(packet.toEncodedAudioChunk());
    while (!this.broken && this.decoder.decodeQueueSize > QUEUE) await this.dequeued();
  }

  async finish(): Promise<void> {
    if (this.broken) return;
    // What a broken last packet takes along is not worth a failure.
    await this.decoder.flush().catch(() => undefined);
  }

  close(): void {
    if (this.decoder.state !== "closed") this.decoder.close();
  }

  private dequeued(): Promise<void> {
    return new Promise((done) => {
      // A decoder that fails says nothing of its queue.
      const timer = setTimeout(done, 100);
      this.decoder.addEventListener(
        "dequeue",
        () => {
          clearTimeout(timer);
          done();
        },
        { once: true },
      );
    });
  }

  private heard(data: AudioData): void {
    const { sampleRate, numberOfChannels, numberOfFrames } = data;
    const planes = Array.from({ length: numberOfChannels }, (_, planeIndex) => {
      const plane = new Float32Array(numberOfFrames);
      data.copyTo(plane, { planeIndex, format: "f32-planar" });
      return plane;
    });
    data.close();
    const at = this.next ?? Math.round(this.from * sampleRate);
    this.next = at + numberOfFrames;
    this.outlet.put(at, sampleRate, planes, this.end);
  }
}
