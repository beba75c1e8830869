import type { Song } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { isPlayable, usePlayFrom } from "@/hooks/usePlayFrom";
import { toTrack } from "@/hooks/tracks";

/** Goes on in a list of songs where the listener stopped; what this player has loaded of it goes on by itself. */
export function useContinue(songs: readonly Song[], index: number, seconds: number) {
  const player = usePlayerCommands();
  const playFrom = usePlayFrom();
  const currentId = usePlayer(({ track }) => track?.id);
  const current = songs.some((song) => song.id === currentId);
  return {
    current,
    goOn: () => {
      if (current) return player.toggle();
      const playable = songs.filter(isPlayable);
      const start = playable.findIndex((song) => song.id === songs[index]?.id);
      player.playTracks(playable.map(toTrack), Math.max(start, 0));
      if (start !== -1) player.seek(seconds);
    },
    /** Plays a song of the list, or moves within the current one. */
    playAt: (at: number, from: number) => {
      const song = songs[at];
      if (song !== undefined && song.id === currentId) player.seek(from * song.duration);
      else playFrom(songs, at);
    },
  };
}
