import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { merge } from "@/api/edits";
import { searchQuery } from "@/api/search";
import type { Album, Artist } from "@/api/types";
import { Cover } from "@/ui/Cover";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Title } from "@/ui/Title";

import { EditorFault } from "./EditorFault";
import styles from "./TagEditor.module.css";
import { useEditDone } from "./useEditDone";

type MergeDialogProps = { onClose: () => void } & (
  { kind: "artist"; from: Artist } | { kind: "album"; from: Album }
);

const MOST = 8;

/** Finds the artist or the album that another one becomes a part of. */
export function MergeDialog({ kind, from, onClose }: MergeDialogProps) {
  const { t } = useTranslation(["editor", "common"]);
  const [text, setText] = useState("");
  const words = text.trim();
  const { data, error } = useQuery({ ...searchQuery(words, MOST), enabled: words !== "" });
  const { done } = useEditDone();
  const join = useMutation({
    mutationFn: (into: number) => merge(kind, from.id, into),
    onSuccess: async (edit) => {
      onClose();
      await done(from.songCount, edit === null ? [] : [edit], []);
    },
  });
  const found = choices(kind, data?.artists, data?.albums).filter(
    ({ id, libraryId }) => id !== from.id && (!("libraryId" in from) || libraryId === from.libraryId),
  );
  const name = "title" in from ? from.title : from.name;
  return (
    <Dialog open onClose={onClose} title={t(`merge.${kind}`, { name })}>
      <Field
        label={t("merge.find")}
        hint={t("merge.hint")}
        autoFocus
        autoComplete="off"
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <EditorFault error={join.error ?? error} />
      <div className={styles["found"]}>
        <ul aria-label={t("merge.results")}>
          {found.map(({ id, name: title, second, coverUrl, coverHue }) => (
            <li key={id}>
              <button
                type="button"
                className={styles["choice"]}
                aria-label={t("merge.into", { name: title })}
                aria-disabled={join.isPending || undefined}
                onClick={() => !join.isPending && join.mutate(id)}
              >
                <Cover url={coverUrl} title={title} hue={coverHue} size={40} />
                <span>
                  <Title>{title}</Title>
                  <br />
                  <span className={styles["second"]}>
                    {typeof second === "number" ? t("common:count.songs", { count: second }) : second}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        {data !== undefined && found.length === 0 && <p className={styles["none"]}>{t("merge.none")}</p>}
      </div>
    </Dialog>
  );
}

function choices(kind: "artist" | "album", artists: Artist[] = [], albums: Album[] = []) {
  if (kind === "artist")
    return artists.map(({ id, name, songCount, coverUrl, coverHue }) => {
      return { id, name, second: songCount as number | string, coverUrl, coverHue, libraryId: 0 };
    });
  return albums.map(({ id, title, artist, coverUrl, coverHue, libraryId }) => {
    return { id, name: title, second: artist as number | string, coverUrl, coverHue, libraryId };
  });
}
