import type { Song } from "@/api/types";

import { usePlayerCommands } from "./PlayerContext";
import { toTrack } from "./tracks";

/** What a page does with a list of songs. */
export function usePlaySongs() {
  const player = usePlayerCommands();
  return {
    /** Plays the list from one of its songs. */
    play: (songs: readonly Song[], start = 0) => player.playTracks(songs.map(toTrack), start),
    shuffle: (songs: readonly Song[]) => player.shuffleTracks(songs.map(toTrack)),
    playNext: (songs: readonly Song[]) => player.playNext(songs.map(toTrack)),
    append: (songs: readonly Song[]) => player.append(songs.map(toTrack)),
  };
}
