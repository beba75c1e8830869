import { useMemo } from "react";

import type { NowPlaying } from "@/lib/songRow";

import { usePlayerCommands } from "./PlayerContext";
import { usePlayer } from "./usePlayer";

/** The current song for the rows of a list. It changes with the song and with play and pause, not with time. */
export function useNowPlaying(): NowPlaying | null {
  const { positionSource: source } = usePlayerCommands();
  const id = usePlayer((player) => player.track?.id);
  const playing = usePlayer((player) => player.wantsToPlay);
  const duration = usePlayer((player) => player.duration);
  return useMemo(
    () => (id === undefined ? null : { id, playing, duration, source }),
    [id, playing, duration, source],
  );
}
