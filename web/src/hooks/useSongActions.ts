import { useMemo } from "react";

import type { Song } from "@/api/types";
import { perObject } from "@/lib/perObject";
import type { SongActions } from "@/lib/songRow";

import { mayEdit } from "./mayEdit";
import { usePlayerCommands } from "./PlayerContext";
import { songDialogs } from "./songDialogs";
import { toTrack } from "./tracks";
import { useSession } from "./useSession";
import { useSongMarks } from "./useSongMarks";

/**
 * What the menu of a song's row does, for rows of every list. The same song gets the same actions each time, so
 * that memoised rows stay as they are.
 */
export function useSongActions(): (song: Song) => SongActions {
  const player = usePlayerCommands();
  const user = useSession();
  const { like, rate } = useSongMarks();
  return useMemo(
    () =>
      perObject((song: Song): SongActions => {
        return {
          playNext: () => player.playNext([toTrack(song)]),
          append: () => player.append([toTrack(song)]),
          addToPlaylist: () => songDialogs.show({ kind: "addToPlaylist", songs: [song] }),
          toggleLike: () => like([song], !song.liked),
          rate: (rating) => rate([song], rating),
          showDetails: () => songDialogs.show({ kind: "details", song }),
          ...(mayEdit(user, song) && {
            edit: () => songDialogs.show({ kind: "edit", songs: [song] }),
            remove: () => songDialogs.show({ kind: "remove", song }),
          }),
        };
      }),
    [player, user, like, rate],
  );
}
