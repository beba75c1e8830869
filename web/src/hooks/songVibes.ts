import { SongVibes } from "@/engine/songVibes";
import type { Player } from "@/engine/player";
import { perObject } from "@/lib/perObject";
import { deviceStorage } from "@/lib/storage";

import { usePlayerCommands } from "./PlayerContext";

const vibesOf = perObject((player: Player) => new SongVibes(player, deviceStorage));

/** The vibes of the page's player; from the first who asks on, each song gets the one that is kept for it. */
export function useSongVibes(): SongVibes {
  return vibesOf(usePlayerCommands());
}
