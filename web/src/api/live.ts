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

/**
 * Listens to what the server says, over a WebSocket or what gets through instead, and connects again by itself for as
 * long as somebody is signed in. The returned function ends it.
 */
export async function openLive(deviceId: string, hear: (message: LiveMessage) => void): Promise<() => void> {
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
  // What the server sends has one of these shapes, or one that a newer server speaks.
  client.on("message", ({ data }) => hear(data as LiveMessage));
  client.on("publication", ({ data }) => hear(data as LiveMessage));
  client.connect();
  return () => client.disconnect();
}
