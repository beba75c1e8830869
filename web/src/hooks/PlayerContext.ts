import { createContext, use } from "react";

import type { Player } from "@/engine/player";

export const PlayerContext = createContext<Player | null>(null);

/** The player itself, to give it commands. What it shows is read with usePlayer. */
export function usePlayerCommands(): Player {
  const player = use(PlayerContext);
  if (player === null) throw new Error("there is no player around this component");
  return player;
}
