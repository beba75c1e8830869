import { useSyncExternalStore } from "react";

import type { PlayerSnapshot } from "@/engine/player";

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
