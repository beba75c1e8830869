import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Edit } from "@/api/types";
import { classes } from "@/lib/classes";
import { Button } from "@/ui/Button";
import { Title } from "@/ui/Title";

import styles from "./EditsPage.module.css";
import { useEditDone } from "./useEditDone";

/** What one edit did, and the way back. */
export function EditRow({ edit, named }: { edit: Edit; named: boolean }) {
  const { t, i18n } = useTranslation("editor");
  const { undo } = useEditDone();
  const [busy, setBusy] = useState(false);
  const { id, kind, by, at, summary, songCount, fields, titles, undoneAt } = edit;
  const rest = songCount - titles.length;
  const shown = titles.join(", ");
  const what =
    summary || (rest > 0 && shown !== "" ? t("edits.andMore", { titles: shown, count: rest }) : shown);
  const names = fields.map((field) => t(`edits.field.${field as "title"}`)).join(", ");
  const facts = [
    new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at)),
    t("edits.songs", { count: songCount }),
    ...(named && by !== "" ? [t("edits.by", { name: by })] : []),
  ];
  const back = async () => {
    setBusy(true);
    await undo([id]);
    setBusy(false);
  };
  return (
    <li className={classes(styles["row"], undoneAt !== null && styles["undone"])}>
      <div>
        <p className={styles["what"]}>
          <Title>{what}</Title>
        </p>
        <p className={styles["facts"]}>
          {t(`edits.kind.${kind}`)}
          {kind === "songs" && names !== "" && `: ${names}`}
        </p>
        <p className={styles["facts"]}>{facts.join(" · ")}</p>
      </div>
      {undoneAt === null ? (
        <Button small disabled={busy} onClick={() => void back()}>
          {t("undo")}
        </Button>
      ) : (
        <span className={styles["facts"]}>{t("edits.undone")}</span>
      )}
    </li>
  );
}
