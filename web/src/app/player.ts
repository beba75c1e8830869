import { streamUrl } from "@/api/client";
import { recordListening } from "@/api/songs";
import { fetchStreaming } from "@/api/streaming";
import { ElementEngine } from "@/engine/elementEngine";
import { Player } from "@/engine/player";
import { SourceChooser } from "@/engine/source";
import { preferences } from "@/hooks/usePreferences";
import { deviceStorage } from "@/lib/storage";

/** The page's one player, tied to the server's streams, the lock screen and the listening history. */
export function createPlayer(): Player {
  const asked = new Audio();
  const chooser = new SourceChooser({
    quality: () => preferences.snapshot().quality,
    ability: fetchStreaming,
    canPlay: (mediaType) => asked.canPlayType(mediaType),
    address: (track, query) => streamUrl(track.id, query),
    delay: (ms) => new Promise((done) => setTimeout(done, ms)),
  });
  const engine = new ElementEngine({
    createElement: () => new Audio(),
    resolve: (track, seconds, attempt) => chooser.choose(track, seconds, attempt),
  });
  const player = new Player({ engine, storage: deviceStorage });
  if ("mediaSession" in navigator) void connectLockScreen(player);
  player.onListened(({ track, seconds }) => {
    // A play that could not be counted is no reason to disturb who listens.
    recordListening(track.id, seconds).catch(() => undefined);
  });
  return player;
}

/** It comes after the first page: a lock screen has nothing to show before. */
async function connectLockScreen(player: Player): Promise<void> {
  const { connectMediaSession } = await import("@/engine/mediaSession");
  connectMediaSession(player, navigator.mediaSession);
}
