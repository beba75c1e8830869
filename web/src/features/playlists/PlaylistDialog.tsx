import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { createPlaylist, playlistQuery, updatePlaylist } from "@/api/playlists";
import type { Playlist } from "@/api/types";
import { AreaField } from "@/ui/AreaField";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Switch } from "@/ui/Switch";

import { DialogNote } from "./DialogNote";
import styles from "./PlaylistDialog.module.css";

interface PlaylistDialogProps {
  /** The one to change; a new one without. */
  playlist?: Playlist;
  onClose: () => void;
  onSaved: (playlist: Playlist) => void;
}

/** Name, description and who sees it. */
export function PlaylistDialog({ playlist, onClose, onSaved }: PlaylistDialogProps) {
  const { t } = useTranslation(["playlists", "common"]);
  const [form, setForm] = useState({
    name: playlist?.name ?? "",
    description: playlist?.description ?? "",
    isPublic: playlist?.isPublic ?? false,
  });
  const [empty, setEmpty] = useState(false);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      playlist === undefined
        ? createPlaylist(form)
        : updatePlaylist(playlist.id, { ...form, revision: playlist.revision }),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ["playlists"] });
      onSaved(saved);
    },
    onError: async (error) => {
      const conflict = error instanceof ApiError && error.status === 409;
      if (conflict && playlist !== undefined) await queries.invalidateQueries(playlistQuery(playlist.id));
    },
  });
  const error = save.error instanceof ApiError ? save.error : null;
  const submit = () => {
    setEmpty(form.name.trim() === "");
    if (form.name.trim() !== "" && !save.isPending) save.mutate();
  };
  return (
    <Dialog open onClose={onClose} title={t(playlist === undefined ? "make" : "edit")}>
      <form
        className={styles["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label={t("name")}
          dir="auto"
          autoFocus
          autoComplete="off"
          maxLength={100}
          value={form.name}
          fault={empty ? t("nameNeeded") : error?.fault("name")}
          onChange={(event) => setForm({ ...form, name: event.target.value })}
        />
        <AreaField
          label={t("description")}
          dir="auto"
          maxLength={500}
          value={form.description}
          fault={error?.fault("description")}
          onChange={(event) => setForm({ ...form, description: event.target.value })}
        />
        <Switch
          label={t("public")}
          hint={t(form.isPublic ? "publicHint" : "privateHint")}
          checked={form.isPublic}
          onChange={(isPublic) => setForm({ ...form, isPublic })}
        />
        <DialogNote error={save.error} conflict={t("changedMeanwhile")} />
        <div className={styles["actions"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" type="submit" disabled={save.isPending}>
            {t(playlist === undefined ? "create" : "common:save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
