import { recordListening } from "@/api/songs";
import { createEngine } from "@/app/engine";
import { connectMediaSession } from "@/engine/mediaSession";
import { Player } from "@/engine/player";
import { deviceStorage } from "@/lib/storage";

/** The page's one player, tied to the server's streams, the lock screen and the listening history. */
export function createPlayer(): Player {
  const player = new Player({ engine: createEngine(), storage: deviceStorage });
  if ("mediaSession" in navigator) connectMediaSession(player, navigator.mediaSession);
  player.onListened(({ track, seconds }) => {
    // A play that could not be counted is no reason to disturb who listens.
    recordListening(track.id, seconds).catch(() => undefined);
  });
  return player;
}
