import { type LiveMessage, openLive } from "@/api/live";
import {
  editQueue,
  forgetDevice,
  putDevice,
  readDevices,
  readPlayback,
  readSongs,
  reportProgress,
  transferPlayback,
  writePlayback,
} from "@/api/playback";
import type { Player } from "@/engine/player";
import { SilentEngine } from "@/engine/silentEngine";
import { deviceBoard } from "@/lib/deviceBoard";
import type { Unsubscribe } from "@/lib/emitter";

import { Follower, type Output } from "./follower";
import { NewsReader } from "./newsReader";
import { type PlaybackServer, wholeState } from "./server";
import { deviceIdHere, thisDevice } from "./thisDevice";

/** What is asked of the server whose page this is. */
const server: PlaybackServer = {
  read: async () => wholeState(await readPlayback()),
  write: async (change, keepalive) => wholeState(await writePlayback(change, keepalive)),
  report: reportProgress,
  edit: (deviceId, edits) =>
    editQueue(
      deviceId,
      edits.map((edit) => ({ ...edit })),
    ),
  songs: readSongs,
  online: async (id) => (await readDevices()).some((device) => device.id === id && device.online),
};

/** Ties this page's player to the playback that all devices of the listener share. The returned function unties it. */
export function followHere(player: Player, output: Output): Unsubscribe {
  output.setSilent(new SilentEngine());
  const ends: Unsubscribe[] = [];
  let over = false;
  const begin = async () => {
    const deviceId = await deviceIdHere();
    if (over) return;
    const follower = new Follower({ player, output, server, deviceId });
    ends.push(() => follower.stop(), watchPage(follower), showBoard(follower, output, deviceId));
    await follower.start();
    if (over) return;
    const close = await openLive({
      deviceId,
      introduce: () => introduce(deviceId),
      hear: listener(follower, output),
    });
    if (over) close();
    else ends.push(close);
  };
  // Without the server the music plays on all the same; the follower asks again.
  begin().catch(() => undefined);
  return () => {
    over = true;
    for (const end of ends) end();
  };
}

/** Makes this device known, under the name it may have been given before. */
async function introduce(deviceId: string): Promise<void> {
  const known = (await readDevices()).find(({ id }) => id === deviceId);
  await putDevice(deviceId, { ...thisDevice(), ...(known !== undefined && { name: known.name }) });
}

function listener(follower: Follower, output: Output): (message: LiveMessage) => void {
  const reader = new NewsReader();
  return (message) => {
    const news = reader.read(message);
    if (news !== null) follower.hear(news);
    if (news !== null) deviceBoard.show({ active: news.state.activeDeviceId });
    if (!("devices" in message)) return;
    deviceBoard.show({ devices: message.devices, elsewhere: !output.sounds() });
    follower.hearOnline(new Set(message.devices.flatMap(({ id, online }) => (online ? [id] : []))));
  };
}

/** Saves when the page is put aside or ends. A phone that puts it aside may never say that it is gone. */
function watchPage(follower: Follower): Unsubscribe {
  const leave = () => follower.flush(true);
  const hide = () => document.visibilityState === "hidden" && follower.flush(false);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hide);
  return () => {
    document.removeEventListener("visibilitychange", hide);
    window.removeEventListener("pagehide", leave);
  };
}

function showBoard(follower: Follower, output: Output, deviceId: string): Unsubscribe {
  deviceBoard.follow({
    playOn: async (id) => (id === deviceId ? follower.playHere() : await transferPlayback(id, deviceId)),
    rename: async ({ id, kind }, name) => void (await putDevice(id, { name, kind })),
    forget: forgetDevice,
  });
  deviceBoard.show({ mine: deviceId, elsewhere: !output.sounds() });
  const stop = output.onSwitched(() => deviceBoard.show({ elsewhere: !output.sounds() }));
  return () => {
    stop();
    deviceBoard.follow(null);
  };
}
