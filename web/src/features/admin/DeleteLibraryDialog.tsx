import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { deleteLibrary } from "@/api/libraries";
import type { Library } from "@/api/types";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Switch } from "@/ui/Switch";

import styles from "./admin.module.css";
import { DialogFault } from "./DialogFault";
import { useAmounts } from "./useAmounts";

/** Asks before a library goes for good; songs go with it only when that is said as well. */
export function DeleteLibraryDialog({ library, onClose }: { library: Library; onClose: () => void }) {
  const { t } = useTranslation(["admin", "common"]);
  const { songs } = useAmounts();
  const [withSongs, setWithSongs] = useState(false);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteLibrary(library.id, withSongs ? "delete" : "keep"),
    onSuccess: async () => {
      toasts.push(t("libraries.deleted", { name: library.name }));
      await queries.invalidateQueries({ predicate: ({ queryKey: [first] }) => first !== "session" });
      onClose();
    },
  });
  const count = library.songCount ?? 0;
  const hint = library.kind === "folder" ? "libraries.folderSongsHint" : "libraries.songsHint";
  return (
    <Dialog open onClose={onClose} title={t("libraries.deleteTitle", { name: library.name })}>
      <div className={styles["form"]}>
        <p className="ink2">{t(count === 0 ? "libraries.deleteEmpty" : "libraries.deleteQuestion")}</p>
        {count > 0 && (
          <Switch
            label={t("libraries.withSongs", { songs: songs(count) })}
            hint={t(hint)}
            checked={withSongs}
            onChange={setWithSongs}
          />
        )}
        <DialogFault error={remove.error} />
        <div className={styles["actions"]}>
          <Button autoFocus onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button
            kind="primary"
            icon="trash"
            disabled={remove.isPending || (count > 0 && !withSongs)}
            onClick={() => remove.mutate()}
          >
            {t("libraries.delete")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
