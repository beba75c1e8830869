import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { albumQuery } from "@/api/albums";
import { toasts } from "@/lib/toasts";

import { isPlayable } from "./usePlayFrom";
import { usePlaySongs } from "./usePlaySongs";

/** Plays an album of which only the sleeve is in the page. */
export function usePlayAlbum(): (id: number) => Promise<void> {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { play } = usePlaySongs();
  return async (id) => {
    try {
      const { songs } = await queries.fetchQuery(albumQuery(id));
      play(songs.filter(isPlayable));
    } catch {
      toasts.push(t("error.generic"), "fault");
    }
  };
}
