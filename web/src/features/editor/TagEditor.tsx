import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { CoverField } from "./CoverField";
import { EditorFault } from "./EditorFault";
import styles from "./TagEditor.module.css";
import { TagFields } from "./TagFields";
import { useSaveTags } from "./useSaveTags";
import { useTagForm } from "./useTagForm";
import { WriteFiles } from "./WriteFiles";

const ALL = [
  "title",
  "artists",
  "album",
  "albumArtists",
  "genres",
  "year",
  "track",
  "disc",
  "isCompilation",
  "cover",
];

/** Changes what the library says of one song or many. Only what was touched is sent. */
export function TagEditor({ songs, onClose }: { songs: readonly Song[]; onClose: () => void }) {
  const { t } = useTranslation(["editor", "common"]);
  const tags = useTagForm(songs);
  const [cover, setCover] = useState<File | null>(null);
  const [writing, setWriting] = useState(false);
  const { save, fault, rest } = useSaveTags(songs, onClose);
  const { title } = tags.form.texts;
  const missing = title.touched && title.value.trim() === "" ? t("required") : undefined;
  const dirty = Object.keys(tags.changes).length > 0 || cover !== null;
  const uploads = songs.filter((song) => song.uploadedBy !== null);

  if (writing) {
    return <WriteFiles songs={songs} uploads={uploads} onBack={() => setWriting(false)} onClose={onClose} />;
  }
  const submit = () => {
    if (missing !== undefined || save.isPending) return;
    if (dirty) save.mutate({ set: tags.changes, cover });
    else onClose();
  };
  return (
    <Dialog open wide onClose={onClose} title={t("heading", { count: songs.length })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        }}
      >
        <div className={styles["columns"]}>
          <CoverField songs={songs} picture={cover} onPick={setCover} fault={fault("image")} />
          <TagFields tags={tags} missing={missing} fault={fault} />
        </div>
        <EditorFault error={rest} />
        <div className={styles["actions"]}>
          <Button
            kind="quiet"
            icon="back"
            disabled={save.isPending}
            onClick={() => save.mutate({ set: {}, clear: ALL })}
          >
            {t("reset")}
          </Button>
          {uploads.length > 0 && (
            <Button
              kind="quiet"
              icon="edit"
              disabled={dirty || save.isPending}
              title={dirty ? t("writeHint") : undefined}
              onClick={() => setWriting(true)}
            >
              {t("write")}
            </Button>
          )}
          <span className={styles["space"]} />
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" type="submit" disabled={save.isPending || missing !== undefined}>
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
