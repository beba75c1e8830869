import workletUrl from "./ring.worklet?worker&url";
import type { Command, FromWorker, Told, ToWorker } from "./messages";
import { Pitch } from "./pitch";

export interface GraphListeners {
  readonly worker: (told: FromWorker) => void;
  readonly ring: (told: Told) => void;
  /** Worker or worklet died: nothing will sound any more. */
  readonly broken: (detail: string) => void;
  readonly pitchBroken: () => void;
}

/** Worker, ring and pitch node, tied together. */
export class Graph {
  readonly pitch: Pitch;
  private readonly node: AudioWorkletNode;
  private readonly worker: Worker;

  /** Loads the ring's code; a rejection means that it cannot run here. */
  static async load(context: AudioContext): Promise<void> {
    await context.audioWorklet.addModule(workletUrl);
  }

  /** After load. */
  constructor(context: AudioContext, output: AudioNode, listeners: GraphListeners) {
    this.node = new AudioWorkletNode(context, "hathor-ring", {
      numberOfInputs: 0,
      numberOfOutputs: 2,
      outputChannelCount: [2, 2],
    });
    this.node.port.onmessage = ({ data }: MessageEvent<Told>) => listeners.ring(data);
    this.node.onprocessorerror = () => listeners.broken("the ring failed");
    this.worker = new Worker(new URL("./decode.worker.ts", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => listeners.worker(data);
    this.worker.onerror = ({ message }) => listeners.broken(`the decoder failed: ${message}`);
    const { port1, port2 } = new MessageChannel();
    this.node.port.postMessage({ kind: "fill", port: port1 } satisfies Command, [port1]);
    this.worker.postMessage({ kind: "begin", ring: port2 } satisfies ToWorker, [port2]);
    this.pitch = new Pitch({
      context,
      ring: this.node,
      output,
      tap: (ahead) => this.ring({ kind: "tap", ahead }),
      broken: listeners.pitchBroken,
    });
  }

  ring(command: Command): void {
    this.node.port.postMessage(command);
  }

  decode(order: ToWorker): void {
    this.worker.postMessage(order);
  }

  dispose(): void {
    this.worker.terminate();
    this.node.port.close();
    this.node.disconnect();
  }
}
