import { useEffect, useSyncExternalStore } from "react";

import { type Sound, SoundSettings } from "@/lib/soundSettings";
import { deviceStorage } from "@/lib/storage";

import { usePlayerCommands } from "./PlayerContext";

/** How songs sound on this device; the page has one set of choices. */
export const soundSettings = new SoundSettings(deviceStorage);

export function useSoundSettings(): Sound {
  return useSyncExternalStore(
    (changed) => soundSettings.subscribe(changed),
    () => soundSettings.snapshot(),
  );
}

/** Keeps the player to the chosen crossfade. */
export function useCrossfade(): void {
  const player = usePlayerCommands();
  const { crossfade } = useSoundSettings();
  useEffect(() => player.setCrossfade(crossfade), [player, crossfade]);
}
