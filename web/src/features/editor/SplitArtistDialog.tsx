import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { splitArtist } from "@/api/edits";
import { ApiError } from "@/api/error";
import type { Artist } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { EditorFault } from "./EditorFault";
import { NamesField } from "./NamesField";
import { useArtistNames } from "./suggestions";
import styles from "./TagEditor.module.css";
import { useEditDone } from "./useEditDone";

/** Makes a name such as "A & B" stand for several artists. */
export function SplitArtistDialog({ artist, onClose }: { artist: Artist; onClose: () => void }) {
  const { t } = useTranslation(["editor", "common"]);
  const [names, setNames] = useState(() => partsOf(artist.name));
  const { done } = useEditDone();
  const split = useMutation({
    mutationFn: () => splitArtist(artist.id, names),
    onSuccess: async (edit) => {
      onClose();
      await done(artist.songCount, edit === null ? [] : [edit], []);
    },
  });
  const detail = split.error instanceof ApiError ? split.error.details[0]?.message : undefined;
  return (
    <Dialog open onClose={onClose} title={t("split.title", { name: artist.name })}>
      <p className={styles["about"]}>{t("split.about")}</p>
      <NamesField
        label={t("split.names")}
        names={names}
        most={255}
        fault={detail}
        useSuggestions={useArtistNames}
        onChange={setNames}
      />
      <EditorFault error={detail === undefined ? split.error : null} />
      <div className={styles["actions"]}>
        <span className={styles["space"]} />
        <Button onClick={onClose}>{t("common:cancel")}</Button>
        <Button kind="primary" disabled={names.length < 2 || split.isPending} onClick={() => split.mutate()}>
          {t("split.confirm")}
        </Button>
      </div>
    </Dialog>
  );
}

/** A first guess at who is meant. */
function partsOf(name: string): readonly string[] {
  return name
    .split(/\s+(?:&|\+|x|and|und|with|feat\.?|vs\.?)\s+|\s*[,;/、]\s*/i)
    .map((part) => part.trim())
    .filter((part, index, all) => part !== "" && all.indexOf(part) === index);
}
