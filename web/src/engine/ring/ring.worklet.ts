import type { Command, Told, ToRing } from "./messages";
import { Ring } from "./ring";

// What an audio worklet finds around it; TypeScript's library does not know it.
declare const sampleRate: number;
declare const currentFrame: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;

class RingProcessor extends AudioWorkletProcessor {
  private fill: MessagePort | null = null;
  private readonly ring = new Ring(sampleRate, {
    tell: (told: Told) => this.port.postMessage(told),
    filled: (state) => this.fill?.postMessage(state),
  });

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<Command>) => {
      if (data.kind === "fill") this.listen(data.port);
      else this.ring.command(data);
    };
  }

  process(_: Float32Array[][], [dry, ahead]: Float32Array[][]): boolean {
    this.ring.render(currentFrame, dry ?? [], ahead ?? []);
    return true;
  }

  private listen(port: MessagePort): void {
    this.fill?.close();
    this.fill = port;
    port.onmessage = ({ data }: MessageEvent<ToRing>) => this.ring.take(data);
  }
}

registerProcessor("hathor-ring", RingProcessor);
