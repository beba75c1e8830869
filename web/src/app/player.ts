import { recordListening } from "@/api/songs";
import { createEngine } from "@/app/engine";
import { Player } from "@/engine/player";
import { SwitchEngine } from "@/engine/switchEngine";
import { deviceStorage } from "@/lib/storage";

import type { Output } from "./follow/follower";

/** The page's one player, tied to the lock screen and the listening history, and what decides whether it sounds here. */
export function createPlayer(): { player: Player; output: Output } {
  const engine = new SwitchEngine(createEngine());
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
