import { useQueryClient } from "@tanstack/react-query";

import { albumQuery } from "@/api/albums";
import { songQuery } from "@/api/songs";
import type { Song } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { isPlayable } from "@/hooks/usePlayFrom";
import { usePlaySongs } from "@/hooks/usePlaySongs";

import type { Resume } from "./resume";

const MOST_FOLLOWING = 40;

/** Plays on from a place at once; what comes after the song joins the queue when it is known. */
export function useContinue(): (resume: Resume) => Promise<void> {
  const queries = useQueryClient();
  const player = usePlayerCommands();
  const { play, append } = usePlaySongs();

  const following = async ({ song, following: ids }: Resume): Promise<Song[]> => {
    if (ids.length > 0) {
      const asked = ids.slice(0, MOST_FOLLOWING).map((id) => queries.fetchQuery(songQuery(id)));
      const answers = await Promise.allSettled(asked);
      return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    }
    if (song.albumId === null) return [];
    const { songs } = await queries.fetchQuery(albumQuery(song.albumId));
    return songs.slice(songs.findIndex((other) => other.id === song.id) + 1);
  };

  return async (resume) => {
    play([resume.song]);
    player.seek(resume.position);
    const placeOf = () =>
      player
        .snapshot()
        .queue.entries.map((entry) => entry.key)
        .join();
    const place = placeOf();
    // Without the rest the song still plays: there is nothing to say.
    const rest = await following(resume).catch(() => []);
    if (placeOf() === place) append(rest.filter(isPlayable));
  };
}
