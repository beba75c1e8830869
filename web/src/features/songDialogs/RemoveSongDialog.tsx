import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { deleteSong } from "@/api/songs";
import type { Song } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import styles from "./AddToPlaylistDialog.module.css";
import { DialogFault } from "./DialogFault";

/** Asks before a song is deleted, and takes it out of the queue as well. */
export function RemoveSongDialog({ song, onClose }: { song: Song; onClose: () => void }) {
  const { t } = useTranslation(["songDialogs", "common"]);
  const queries = useQueryClient();
  const player = usePlayerCommands();
  const remove = useMutation({
    mutationFn: () => deleteSong(song.id),
    onSuccess: async () => {
      const { entries } = player.snapshot().queue;
      for (const entry of entries) if (entry.track.id === song.id) player.remove(entry.key);
      toasts.push(t("remove.done", { title: song.title }));
      onClose();
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
  return (
    <Dialog open onClose={onClose} title={t("remove.title")}>
      <p className={styles["question"]}>{t("remove.question", { title: song.title })}</p>
      <DialogFault error={remove.error} />
      <div className={styles["actions"]}>
        <Button autoFocus onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button kind="primary" icon="trash" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {t("remove.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}
