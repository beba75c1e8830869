import { useEffect, useRef, useState } from "react";
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
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (save.error === null) return;
    const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    wrong?.focus({ preventScroll: true });
    wrong?.scrollIntoView({ block: "center" }); // not behind the buttons
  }, [save.error]);
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
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={styles["columns"]}>
          <CoverField songs={songs} picture={cover} onPick={setCover} fault={fault("image")} />
          <TagFields tags={tags} missing={missing} fault={fault} />
          <div className={styles["extras"]}>
            <Button
              kind="quiet"
              small
              icon="back"
              disabled={save.isPending}
              onClick={() => save.mutate({ set: {}, clear: ALL })}
            >
              {t("reset")}
            </Button>
            {uploads.length > 0 && (
              <Button
                kind="quiet"
                small
                icon="edit"
                disabled={dirty || save.isPending}
                title={dirty ? t("writeHint") : undefined}
                onClick={() => setWriting(true)}
              >
                {t("write")}
              </Button>
            )}
          </div>
        </div>
        <EditorFault error={rest} />
        <div className={styles["actions"]}>
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
