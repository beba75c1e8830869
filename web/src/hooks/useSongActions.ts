import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { perObject } from "@/lib/perObject";
import type { SongActions } from "@/lib/songRow";
import { toasts } from "@/lib/toasts";

import { mayEdit } from "./mayEdit";
import { usePlayerCommands } from "./PlayerContext";
import { songDialogs } from "./songDialogs";
import { toTrack } from "./tracks";
import { useLikeSong } from "./useLikeSong";
import { useSession } from "./useSession";

/**
 * What the menu of a song's row does, for rows of every list. The same song gets the same actions each time, so
 * that memoised rows stay as they are.
 */
export function useSongActions(): (song: Song) => SongActions {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const user = useSession();
  const { mutate: like } = useLikeSong(() => toasts.push(t("likeFailed"), "fault"));
  return useMemo(
    () =>
      perObject((song: Song): SongActions => {
        return {
          playNext: () => player.playNext([toTrack(song)]),
          append: () => player.append([toTrack(song)]),
          addToPlaylist: () => songDialogs.show({ kind: "addToPlaylist", songs: [song] }),
          toggleLike: () => like({ songId: song.id, liked: !song.liked }),
          ...(mayEdit(user, song) && {
            edit: () => songDialogs.show({ kind: "edit", songs: [song] }),
            remove: () => songDialogs.show({ kind: "remove", song }),
          }),
        };
      }),
    [player, user, like],
  );
}
