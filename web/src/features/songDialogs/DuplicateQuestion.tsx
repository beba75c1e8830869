import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";

import styles from "./AddToPlaylistDialog.module.css";

interface DuplicateQuestionProps {
  count: number;
  /** Of the playlist. */
  name: string;
  busy: boolean;
  onAddAnyway: () => void;
  onBack: () => void;
}

/** The playlist has a song already: add it once more, or choose another playlist. */
export function DuplicateQuestion({ count, name, busy, onAddAnyway, onBack }: DuplicateQuestionProps) {
  const { t } = useTranslation("songDialogs");
  return (
    <>
      <p className={styles["question"]} role="alert">
        {t("add.duplicate", { count, name })}
      </p>
      <div className={styles["actions"]}>
        <Button onClick={onBack}>{t("add.another")}</Button>
        <Button kind="primary" autoFocus disabled={busy} onClick={onAddAnyway}>
          {t("add.anyway")}
        </Button>
      </div>
    </>
  );
}
