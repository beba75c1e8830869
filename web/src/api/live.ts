import type { Device, PlaybackNow, PlaybackState, QueueApplied } from "./types";

/** What the server says by itself, as docs/realtime.md describes it. */
export type LiveMessage =
  | {
      readonly type: "snapshot";
      readonly state: PlaybackState | PlaybackNow;
      readonly queueLeftOut: boolean;
      readonly devices: Device[];
    }
  | {
      readonly type: "playback";
      readonly state: PlaybackNow;
      readonly edits?: QueueApplied[];
      readonly editsFrom: number;
    }
  | {
      readonly type: "progress";
      readonly revision: number;
      readonly position: number;
      readonly positionAt: string;
      readonly serverTime: string;
    }
  | { readonly type: "devices"; readonly devices: Device[] };

/** The server's word for a device that it does not know, or not any more. */
const DEVICE_UNKNOWN = 4404;
/** How long until a server that could not be reached is tried again. */
const AGAIN_MS = 5000;

export interface LiveOptions {
  readonly deviceId: string;
  /** Makes the device known; called before the first connection, and when the server has forgotten it. */
  readonly introduce: () => Promise<void>;
  readonly hear: (message: LiveMessage) => void;
}

/**
 * Listens to what the server says, over a WebSocket or what gets through instead, and connects again by itself for as
 * long as somebody is signed in. The returned function ends it.
 */
export async function openLive({ deviceId, introduce, hear }: LiveOptions): Promise<() => void> {
  const { Centrifuge } = await import("centrifuge");
  const here = `${window.location.origin}/api/live`;
  const client = new Centrifuge(
    [
      { transport: "websocket", endpoint: here.replace(/^http/, "ws") },
      { transport: "http_stream", endpoint: `${here}/stream` },
      { transport: "sse", endpoint: `${here}/sse` },
    ],
    { data: { deviceId }, emulationEndpoint: `${here}/emulation`, maxReconnectDelay: 10_000 },
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    introduce().then(
      () => client.connect(),
      () => (timer = setTimeout(connect, AGAIN_MS)),
    );
  };
  // What the server sends has one of these shapes, or one that a newer server speaks.
  client.on("message", ({ data }) => hear(data as LiveMessage));
  client.on("publication", ({ data }) => hear(data as LiveMessage));
  client.on("disconnected", ({ code }) => code === DEVICE_UNKNOWN && connect());
  connect();
  return () => {
    clearTimeout(timer);
    client.removeAllListeners();
    client.disconnect();
  };
}
