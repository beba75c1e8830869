import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { undoEdit } from "@/api/edits";
import { ApiError } from "@/api/error";
import type { Song } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { toasts } from "@/lib/toasts";

/** What follows on an edit: every list anew, the queue's texts too, and a message that offers the way back. */
export function useEditDone() {
  const { t } = useTranslation("editor");
  const queries = useQueryClient();
  const player = usePlayerCommands();

  const refresh = async (songs: readonly Song[]) => {
    for (const { id, title, artist, album, albumId, coverUrl } of songs)
      player.updateTrack(id, { title, artist, album, albumId, coverUrl });
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  };
  const undo = async (edits: readonly number[]) => {
    try {
      const back = new Map<number, Song>();
      for (const id of edits.toReversed())
        for (const song of (await undoEdit(id)).songs) back.set(song.id, song);
      toasts.push(t("undone", { count: back.size }));
      await refresh([...back.values()]);
    } catch (cause) {
      toasts.push(
        cause instanceof ApiError && cause.status === 409 ? cause.message : t("undoFailed"),
        "fault",
      );
    }
  };
  const done = async (count: number, edits: readonly number[], songs: readonly Song[]) => {
    if (edits.length === 0) toasts.push(t("unchanged"));
    else toasts.push(t("done", { count }), "info", { label: t("undo"), run: () => void undo(edits) });
    await refresh(songs);
  };
  return { done, undo };
}
