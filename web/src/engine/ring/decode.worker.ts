import { Line } from "./line";
import type { FromRing, FromWorker, ToRing, ToWorker } from "./messages";

const tell = (told: FromWorker): void => self.postMessage(told);

/** A new address that was asked for. */
interface Renewal {
  readonly url: Promise<string | null>;
  readonly done: (url: string | null) => void;
}

/** Commands in, sound out: everything between a file's address and samples, beside the page's own work. */
class Decoder {
  private line: { readonly generation: number; readonly line: Line } | null = null;
  private ring: MessagePort | null = null;
  private readonly renewals = new Map<number, Renewal>();

  hear(order: ToWorker): void {
    switch (order.kind) {
      case "begin":
        return this.connect(order.ring);
      case "play": {
        this.line?.line.stop();
        const line = new Line(order.generation, {
          tell,
          send: (sound) => this.send(sound),
          renew: (key) => this.renew(key),
        });
        this.line = { generation: order.generation, line };
        void line.run(order.item, order.seconds);
        return;
      }
      case "next":
        if (order.generation === this.line?.generation) this.line.line.follow(order.after, order);
        return;
      case "address":
        this.renewals.get(order.key)?.done(order.url);
        this.renewals.delete(order.key);
        return;
      case "stop":
        this.line?.line.stop();
        this.line = null;
    }
  }

  private connect(port: MessagePort): void {
    this.ring = port;
    port.onmessage = ({ data }: MessageEvent<FromRing>) => {
      if (data.generation === this.line?.generation) this.line.line.filled(data);
    };
  }

  private send(sound: ToRing): void {
    this.ring?.postMessage(sound, sound.kind === "frames" ? [sound.left.buffer, sound.right.buffer] : []);
  }

  /** Several requests that are refused at once wait for one new address. */
  private renew(key: number): Promise<string | null> {
    const asked = this.renewals.get(key);
    if (asked !== undefined) return asked.url;
    let done: Renewal["done"] = () => undefined;
    const url = new Promise<string | null>((resolve) => (done = resolve));
    this.renewals.set(key, { url, done });
    tell({ kind: "expired", key });
    return url;
  }
}

const decoder = new Decoder();
self.onmessage = ({ data }: MessageEvent<ToWorker>) => decoder.hear(data);
