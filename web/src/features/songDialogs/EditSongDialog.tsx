import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { changeSong } from "@/api/songs";
import type { Song } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";

import styles from "./AddToPlaylistDialog.module.css";
import { DialogFault } from "./DialogFault";
import { changesOf, type SongForm, toForm } from "./songForm";

const FIELDS = [
  { name: "title", most: 255, wide: true },
  { name: "artist", most: 255, wide: true },
  { name: "album", most: 255, wide: true },
  { name: "genre", most: 50, wide: true },
  { name: "year", most: 4, wide: false },
  { name: "track", most: 4, wide: false },
] as const;

/** Changes what the library says of a song. Only what was changed is sent. */
export function EditSongDialog({ song, onClose }: { song: Song; onClose: () => void }) {
  const { t } = useTranslation(["songDialogs", "common"]);
  const [form, setForm] = useState(() => toForm(song));
  const { save, fault, rest } = useSaveSong(song, onClose);
  const missing = form.title.trim() === "" ? t("edit.required") : undefined;

  const submit = () => {
    const changes = changesOf(song, form);
    if (missing !== undefined || save.isPending) return;
    if (Object.keys(changes).length === 0) onClose();
    else save.mutate(changes);
  };
  return (
    <Dialog open onClose={onClose} title={t("edit.heading")}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={styles["fields"]}>
          {FIELDS.map(({ name, most, wide }) => (
            <div key={name} className={wide ? styles["wide"] : undefined}>
              <Field
                label={t(`edit.${name}`)}
                autoFocus={name === "title"}
                dir={wide ? "auto" : "ltr"}
                inputMode={wide ? "text" : "numeric"}
                maxLength={most}
                autoComplete="off"
                value={form[name]}
                fault={name === "title" ? (missing ?? fault(name)) : fault(name)}
                onChange={(event) => setForm((known): SongForm => ({ ...known, [name]: event.target.value }))}
              />
            </div>
          ))}
        </div>
        <DialogFault error={rest} />
        <div className={styles["actions"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" type="submit" disabled={save.isPending || missing !== undefined}>
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useSaveSong(song: Song, onSaved: () => void) {
  const queries = useQueryClient();
  const player = usePlayerCommands();
  const save = useMutation({
    mutationFn: (changes: ReturnType<typeof changesOf>) => changeSong(song.id, changes),
    onSuccess: async ({ title, artist, album, albumId }) => {
      player.updateTrack(song.id, { title, artist, album, albumId });
      onSaved();
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
    },
  });
  const error = save.error instanceof ApiError ? save.error : null;
  const fault = (field: string) => error?.fault(field);
  return { save, fault, rest: error !== null && error.details.length > 0 ? null : save.error };
}
