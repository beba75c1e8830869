import { memo } from "react";
import { useTranslation } from "react-i18next";

import { type SongUpload, uploads } from "@/hooks/uploads";
import { classes } from "@/lib/classes";
import { formatBytes } from "@/lib/format";
import { isOpen } from "@/lib/uploadQueue";
import { shareOf } from "@/lib/uploadSums";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";

import { UploadedSong } from "./UploadedSong";
import styles from "./UploadRow.module.css";
import { UploadState } from "./UploadState";
import { useReason } from "./useReason";

/** One file. Its bottom line fills as it is sent. */
export const UploadRow = memo(function UploadRow({ upload }: { upload: SongUpload }) {
  const { t, i18n } = useTranslation("upload");
  const { id, file, path, state } = upload;
  const name = file.name;
  const folder = path.slice(0, Math.max(path.length - name.length - 1, 0));
  const why = useReason();
  const reason = state.kind === "refused" ? why(state) : null;
  const share = ["sending", "paused", "reading"].includes(state.kind) ? shareOf(state) : 0;
  return (
    <div className={classes(styles["row"], styles[state.kind])}>
      {state.kind === "done" || state.kind === "duplicate" ? (
        <UploadedSong song={state.song} />
      ) : (
        <>
          <span className={styles["sign"]}>
            <Icon
              name={state.kind === "refused" ? "warning" : state.kind === "skipped" ? "minus" : "songs"}
            />
          </span>
          <span className={styles["text"]}>
            <bdi className="cut">{name}</bdi>
            <bdi
              className={classes(reason === null ? "cut" : styles["reason"], styles["second"])}
              title={state.kind === "refused" ? state.reason : undefined}
              lang={reason?.lang}
            >
              {reason?.text ?? [folder, formatBytes(file.size, i18n.language)].filter(Boolean).join(" · ")}
            </bdi>
          </span>
        </>
      )}
      <span className={styles["state"]}>
        <UploadState state={state} />
        {upload.isPrivate && state.kind !== "skipped" && (
          <span className={styles["lock"]} title={t("private")}>
            <Icon name="lock" size={16} />
            <span className="sr">{t("private")}</span>
          </span>
        )}
      </span>
      <span className={styles["tools"]}>
        {(state.kind === "waiting" || state.kind === "sending") && (
          <IconButton icon="pause" label={t("pauseOne", { name })} onClick={() => uploads.pause(id)} />
        )}
        {state.kind === "paused" && (
          <IconButton icon="play" label={t("resumeOne", { name })} onClick={() => uploads.resume(id)} />
        )}
        {isOpen(upload) && (
          <IconButton icon="close" label={t("cancelOne", { name })} onClick={() => uploads.cancel(id)} />
        )}
        {(state.kind === "refused" || state.kind === "cancelled") && (
          <IconButton icon="repeat" label={t("retryOne", { name })} onClick={() => uploads.retry(id)} />
        )}
      </span>
      {share > 0 && (
        <span
          className={styles["rule"]}
          role="progressbar"
          aria-label={name}
          aria-valuenow={Math.floor(share * 100)}
          style={{ transform: `scaleX(${share})` }}
        />
      )}
    </div>
  );
});
