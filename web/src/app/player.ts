import { streamUrl } from "@/api/client";
import { recordListening } from "@/api/songs";
import { fetchStreaming } from "@/api/streaming";
import { ElementEngine } from "@/engine/elementEngine";
import { Player } from "@/engine/player";
import { SilentEngine } from "@/engine/silentEngine";
import { SourceChooser } from "@/engine/source";
import { SwitchEngine } from "@/engine/switchEngine";
import { preferences } from "@/hooks/usePreferences";
import { deviceStorage } from "@/lib/storage";

import type { Output } from "./follow/follower";

/**
 * The page's one player, tied to the server's streams, the lock screen and the listening history, and what decides
 * whether it sounds here.
 */
export function createPlayer(): { player: Player; output: Output } {
  const asked = new Audio();
  const chooser = new SourceChooser({
    quality: () => preferences.snapshot().quality,
    ability: fetchStreaming,
    canPlay: (mediaType) => asked.canPlayType(mediaType),
    address: (track, query) => streamUrl(track.id, query),
    delay: (ms) => new Promise((done) => setTimeout(done, ms)),
  });
  const sounding = new ElementEngine({
    createElement: () => new Audio(),
    resolve: (track, seconds, attempt) => chooser.choose(track, seconds, attempt),
  });
  const engine = new SwitchEngine(sounding, new SilentEngine());
  const player = new Player({ engine, storage: deviceStorage });
  if ("mediaSession" in navigator) void connectLockScreen(player);
  player.onListened(({ track, seconds }) => {
    // A play that could not be counted is no reason to disturb who listens.
    recordListening(track.id, seconds).catch(() => undefined);
  });
  return { player, output: engine };
}

/** It comes after the first page: a lock screen has nothing to show before. */
async function connectLockScreen(player: Player): Promise<void> {
  const { connectMediaSession } = await import("@/engine/mediaSession");
  connectMediaSession(player, navigator.mediaSession);
}
