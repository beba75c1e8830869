import { type DragEvent, useCallback, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { classes } from "@/lib/classes";
import { Button } from "@/ui/Button";
import { Cover } from "@/ui/Cover";

import styles from "./TagEditor.module.css";

interface CoverFieldProps {
  songs: readonly Song[];
  picture: File | null;
  onPick: (picture: File | null) => void;
  fault?: string | undefined;
}

const KINDS = ["image/jpeg", "image/png", "image/webp"];
const MOST_BYTES = 16 * 1024 * 1024;

/** The cover of the songs, and a place to drop another one. */
export function CoverField({ songs, picture, onPick, fault }: CoverFieldProps) {
  const { t } = useTranslation("editor");
  const id = useId();
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState(false);
  const pick = (file: File | undefined) => {
    if (file === undefined) return;
    const fits = KINDS.includes(file.type) && file.size <= MOST_BYTES;
    setWrong(!fits);
    if (fits) onPick(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation(); // files dropped elsewhere are uploads
    setOver(false);
    pick(event.dataTransfer.files[0]);
  };
  const covers = new Set(songs.map((song) => song.coverUrl?.split("?")[1] ?? ""));
  const first = songs[0];
  return (
    <div
      className={classes(styles["cover"], over && styles["over"])}
      onDragEnter={(event) => event.stopPropagation()}
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {picture !== null ? (
        <Preview picture={picture} alt={t("cover.new")} />
      ) : covers.size === 1 && first !== undefined ? (
        <Cover
          url={first.coverUrl}
          title={first.album || first.title}
          hue={first.coverHue}
          size={200}
          fluid
        />
      ) : (
        <div className={styles["several"]}>{t("cover.several")}</div>
      )}
      <label className={styles["pick"]} htmlFor={id}>
        {t("cover.choose")}
      </label>
      <input
        id={id}
        type="file"
        className="sr"
        accept={KINDS.join(",")}
        onChange={(event) => pick(event.target.files?.[0])}
      />
      {picture !== null && (
        <Button small kind="quiet" onClick={() => onPick(null)}>
          {t("cover.back")}
        </Button>
      )}
      <p
        className={wrong || fault !== undefined ? styles["fault"] : styles["hint"]}
        role={wrong ? "alert" : undefined}
      >
        {wrong ? t("cover.wrong") : (fault ?? t("cover.drop"))}
      </p>
    </div>
  );
}

/** The picture for as long as it is shown. */
function Preview({ picture, alt }: { picture: File; alt: string }) {
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      if (image === null) return;
      const url = URL.createObjectURL(picture);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [picture],
  );
  return <img ref={show} className={styles["preview"]} alt={alt} />;
}
