import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { playlistsQuery } from "@/api/playlists";
import type { Song } from "@/api/types";
import { matches } from "@/lib/fold";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { SkeletonRows } from "@/ui/Skeleton";

import styles from "./AddToPlaylistDialog.module.css";
import { DialogFault } from "./DialogFault";
import { DuplicateQuestion } from "./DuplicateQuestion";
import { PlaylistChoice } from "./PlaylistChoice";
import { useAddToPlaylist } from "./useAddToPlaylist";

interface AddToPlaylistDialogProps {
  songs: readonly Pick<Song, "id">[];
  onClose: () => void;
  onAdded: () => void;
}

/** One's own playlists, narrowed by what is typed; the same text names a new one. */
export function AddToPlaylistDialog({ songs, onClose, onAdded }: AddToPlaylistDialogProps) {
  const { t } = useTranslation(["songDialogs", "common"]);
  const [text, setText] = useState("");
  const { data, error: unloaded } = useQuery(playlistsQuery);
  const { add, create, conflict, failure, busy } = useAddToPlaylist(songs, () => {
    onAdded();
    onClose();
  });
  const own = data?.playlists.filter((playlist) => playlist.mine);
  const shown = own?.filter((playlist) => matches(playlist.name, text));
  const name = text.trim();
  const isNew = name !== "" && own?.some((playlist) => playlist.name === name) === false;
  const title = t("add.title", { count: songs.length });

  if (conflict !== undefined) {
    return (
      <Dialog open onClose={onClose} title={title}>
        <DuplicateQuestion
          count={songs.length}
          name={conflict.playlist.name}
          busy={busy}
          onAddAnyway={() => add.mutate({ ...conflict, allowDuplicates: true })}
          onBack={() => add.reset()}
        />
      </Dialog>
    );
  }
  const submit = () => {
    const only = shown?.length === 1 ? shown[0] : undefined;
    if (only !== undefined && !busy) add.mutate({ playlist: only, allowDuplicates: false });
    else if (isNew && !busy) create.mutate(name);
  };
  return (
    <Dialog open onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label={t("add.filter")}
          autoFocus
          autoComplete="off"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
      <DialogFault error={failure ?? unloaded} />
      <div className={styles["choices"]}>
        {shown === undefined && unloaded === null && <SkeletonRows count={4} cover={28} />}
        <ul aria-label={t("add.playlists")}>
          {shown?.map((playlist) => (
            <li key={playlist.id}>
              <PlaylistChoice
                playlist={playlist}
                disabled={busy}
                onChoose={() => add.mutate({ playlist, allowDuplicates: false })}
              />
            </li>
          ))}
        </ul>
        {own?.length === 0 && name === "" && <p className={styles["none"]}>{t("add.none")}</p>}
        {own !== undefined && own.length > 0 && shown?.length === 0 && !isNew && (
          <p className={styles["none"]}>{t("add.noMatch")}</p>
        )}
      </div>
      {isNew && (
        <Button icon="add" wide disabled={busy} onClick={() => create.mutate(name)}>
          <span className="cut">{t("add.create", { name })}</span>
        </Button>
      )}
    </Dialog>
  );
}
