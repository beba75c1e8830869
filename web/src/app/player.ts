import { streamUrl } from "@/api/client";
import { recordListening } from "@/api/songs";
import { ElementEngine } from "@/engine/elementEngine";
import { connectMediaSession } from "@/engine/mediaSession";
import { Player } from "@/engine/player";
import { deviceStorage } from "@/lib/storage";

/** The page's one player, tied to the server's streams, the lock screen and the listening history. */
export function createPlayer(): Player {
  const engine = new ElementEngine({
    createElement: () => new Audio(),
    resolve: (trackId) => Promise.resolve(streamUrl(trackId)),
  });
  const player = new Player({ engine, storage: deviceStorage });
  if ("mediaSession" in navigator) connectMediaSession(player, navigator.mediaSession);
  player.onListened(({ track, seconds }) => {
    // A play that could not be counted is no reason to disturb who listens.
    recordListening(track.id, seconds).catch(() => undefined);
  });
  return player;
}
