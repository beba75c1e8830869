import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { cleanMissing } from "@/api/admin";
import type { MissingSong } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import styles from "./admin.module.css";
import { DialogFault } from "./DialogFault";

interface CleanMissingDialogProps {
  /** Null for all of them. */
  song: MissingSong | null;
  total: number;
  onClose: () => void;
}

/** Asks before songs whose files are gone are forgotten with all that hangs on them. */
export function CleanMissingDialog({ song, total, onClose }: CleanMissingDialogProps) {
  const { t, i18n } = useTranslation(["admin", "common"]);
  const queries = useQueryClient();
  const count = song === null ? total : 1;
  const clean = useMutation({
    mutationFn: () => cleanMissing(song === null ? "all" : [song.id]),
    onSuccess: async (removed) => {
      toasts.push(t("missing.cleaned", { count: removed, number: formatNumber(removed, i18n.language) }));
      onClose();
      await queries.invalidateQueries({ predicate: ({ queryKey: [first] }) => first !== "session" });
    },
  });
  return (
    <Dialog open onClose={onClose} title={t("missing.cleanTitle", { count })}>
      <div className={styles["form"]}>
        <p className="ink2">
          {song === null
            ? t("missing.questionAll", { count, number: formatNumber(count, i18n.language) })
            : t("missing.question", { title: song.title })}
        </p>
        <DialogFault error={clean.error} />
        <div className={styles["actions"]}>
          <Button autoFocus onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button kind="primary" icon="trash" disabled={clean.isPending} onClick={() => clean.mutate()}>
            {t("missing.clean")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
