import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ProgressBar } from "@/ui/ProgressBar";
import { Title } from "@/ui/Title";

import { EditorFault } from "./EditorFault";
import styles from "./TagEditor.module.css";
import { useWriteFiles } from "./useWriteFiles";

interface WriteFilesProps {
  songs: readonly Song[];
  uploads: readonly Song[];
  onBack: () => void;
  onClose: () => void;
}

/** Writes what the library shows into uploaded files, and says of which it could not. */
export function WriteFiles({ songs, uploads, onBack, onClose }: WriteFilesProps) {
  const { t } = useTranslation("editor");
  const { write, results } = useWriteFiles(uploads);
  const count = uploads.length;
  const skipped = songs.length - count;
  const written = results.filter(({ status }) => status === "written").length;
  const same = results.filter(({ status }) => status === "unchanged").length;
  const refused = results.filter(({ status }) => status === "refused");
  const titleOf = (id: number) => uploads.find((song) => song.id === id)?.title ?? "";
  return (
    <Dialog open onClose={onClose} title={t("writing.title")}>
      <p className={styles["about"]}>
        {t("writing.about", { count })} {skipped > 0 && t("writing.skipped", { count: skipped })}
      </p>
      {!write.isIdle && (
        <div className={styles["results"]}>
          <ProgressBar label={t("writing.title")} value={results.length / count} />
          <p role="status">
            {write.isPending && t("writing.progress", { done: results.length, count })}
            {write.isSuccess && written > 0 && `${t("writing.written", { count: written })} `}
            {write.isSuccess && same > 0 && t("writing.same", { count: same })}
          </p>
          {refused.length > 0 && (
            <>
              <h3>{t("writing.refused")}</h3>
              <ul className={styles["refused"]}>
                {refused.map(({ songId, reason }) => (
                  <li key={songId}>
                    <Title>{titleOf(songId)}</Title>
                    <p>{reason}</p>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      <EditorFault error={write.error} />
      <div className={styles["actions"]}>
        <span className={styles["space"]} />
        {!write.isSuccess && (
          <Button disabled={write.isPending} onClick={onBack}>
            {t("writing.back")}
          </Button>
        )}
        {write.isSuccess ? (
          <Button kind="primary" autoFocus onClick={onClose}>
            {t("writing.close")}
          </Button>
        ) : (
          <Button kind="primary" autoFocus disabled={write.isPending} onClick={() => write.mutate()}>
            {t("writing.start")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
