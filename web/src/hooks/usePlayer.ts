import { useSyncExternalStore } from "react";

import type { PlayerSnapshot } from "@/engine/snapshot";

import { usePlayerCommands } from "./PlayerContext";

/**
 * Reads one thing of the player and renders again when it changes. The selector must return a value that is
 * equal (===) while nothing changed: a field, not a new object.
 */
export function usePlayer<Part>(selector: (snapshot: PlayerSnapshot) => Part): Part {
  const player = usePlayerCommands();
  return useSyncExternalStore(
    (changed) => player.subscribe(changed),
    () => selector(player.snapshot()),
  );
}

/** Whether this song is the current one, and whether it sounds. Cheap enough for every row of a list. */
export function useIsPlaying(songId: number): "playing" | "paused" | "other" {
  return usePlayer(({ track, wantsToPlay }) => {
    if (track?.id !== songId) return "other";
    return wantsToPlay ? "playing" : "paused";
  });
}
