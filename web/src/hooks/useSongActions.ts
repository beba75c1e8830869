import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import type { SongActions } from "@/lib/songRow";
import { toasts } from "@/lib/toasts";

import { songDialogs } from "./songDialogs";
import { useLikeSong } from "./useLikeSong";
import { usePlaySongs } from "./usePlaySongs";
import { useSession } from "./useSession";

/** What the menu of a song's row does, for rows of every list. */
export function useSongActions(): (song: Song) => SongActions {
  const { t } = useTranslation("player");
  const like = useLikeSong(() => toasts.push(t("likeFailed"), "fault"));
  const { playNext, append } = usePlaySongs();
  const user = useSession();
  return (song) => {
    const mayEdit = user !== null && (user.role === "admin" || user.id === song.uploadedBy);
    return {
      playNext: () => playNext([song]),
      append: () => append([song]),
      addToPlaylist: () => songDialogs.show({ kind: "addToPlaylist", songs: [song] }),
      toggleLike: () => like.mutate({ songId: song.id, liked: !song.liked }),
      ...(mayEdit && {
        edit: () => songDialogs.show({ kind: "edit", song }),
        remove: () => songDialogs.show({ kind: "remove", song }),
      }),
    };
  };
}
