import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { deletePlaylist, playlistQuery, playlistsQuery } from "@/api/playlists";
import type { Playlist } from "@/api/types";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { DialogNote } from "./DialogNote";
import styles from "./PlaylistDialog.module.css";

/** Asks before a playlist goes for good. */
export function DeleteDialog({ playlist, onClose }: { playlist: Playlist; onClose: () => void }) {
  const { t } = useTranslation(["playlists", "common"]);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deletePlaylist(playlist.id),
    onSuccess: async () => {
      toasts.push(t("deleted", { name: playlist.name }));
      await navigate({ to: "/playlists" });
      queries.removeQueries(playlistQuery(playlist.id));
      await queries.invalidateQueries(playlistsQuery);
    },
  });
  return (
    <Dialog open onClose={onClose} title={t("deleteTitle")}>
      <p className={styles["question"]}>{t("deleteQuestion", { name: playlist.name })}</p>
      <DialogNote error={remove.error} />
      <div className={styles["actions"]}>
        <Button autoFocus onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button kind="primary" icon="trash" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {t("delete")}
        </Button>
      </div>
    </Dialog>
  );
}
