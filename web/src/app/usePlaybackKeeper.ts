import { useEffect } from "react";

import { readPlayback, readSongs, writePlayback } from "@/api/playback";
import { usePlayerCommands } from "@/hooks/PlayerContext";

import { PlaybackKeeper } from "./playbackKeeper";

const store = { read: readPlayback, write: writePlayback, songs: readSongs };

/** Keeps what plays on the server for as long as somebody is signed in. */
export function usePlaybackKeeper(): void {
  const player = usePlayerCommands();
  useEffect(() => {
    const keeper = new PlaybackKeeper(player, store);
    const leave = () => keeper.flush();
    // A phone that puts the page aside may never say that it is gone.
    const hide = () => document.visibilityState === "hidden" && keeper.flush();
    void keeper.start();
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hide);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      window.removeEventListener("pagehide", leave);
      keeper.stop();
    };
  }, [player]);
}
