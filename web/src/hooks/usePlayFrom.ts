import type { Song } from "@/api/types";

import { usePlayerCommands } from "./PlayerContext";
import { toTrack } from "./tracks";

/**
 * Plays a list from one of its songs; pressed on the current song it pauses and goes on.
 * Songs whose file is missing stay in the list and out of the queue.
 */
export function usePlayFrom(): (songs: readonly Song[], index: number) => void {
  const player = usePlayerCommands();
  return (songs, index) => {
    const song = songs[index];
    if (song === undefined) return;
    if (player.snapshot().track?.id === song.id) return player.toggle();
    const playable = songs.filter(isPlayable);
    const start = songs.slice(0, index).filter(isPlayable).length;
    if (playable.length > 0) player.playTracks(playable.map(toTrack), start);
  };
}

export function isPlayable(song: Song): boolean {
  return song.missing !== true;
}
