import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { songDetailsQuery } from "@/api/songs";
import type { Song } from "@/api/types";
import { useSongMarks } from "@/hooks/useSongMarks";
import { Cover } from "@/ui/Cover";
import { Dialog } from "@/ui/Dialog";
import { Segment } from "@/ui/Segment";
import { SkeletonRows } from "@/ui/Skeleton";
import { Stars } from "@/ui/Stars";
import { Title } from "@/ui/Title";

import styles from "./DetailsDialog.module.css";
import { DialogFault } from "./DialogFault";
import { Facts } from "./Facts";
import { Lyrics } from "./Lyrics";

interface DetailsDialogProps {
  /** As the list had it, until the server tells more. */
  song: Song;
  onClose: () => void;
}

/** Everything that is known of a song: its tags, its file, its sound and its words. */
export function DetailsDialog({ song: listed, onClose }: DetailsDialogProps) {
  const { t } = useTranslation("songDialogs");
  const { data, error } = useQuery(songDetailsQuery(listed.id));
  const { rate } = useSongMarks();
  const [part, setPart] = useState<"facts" | "lyrics">("facts");
  const song = data?.song ?? listed;
  return (
    <Dialog open onClose={onClose} title={t("details.title")} wide>
      <div className={styles["head"]}>
        <Cover url={song.coverUrl} title={song.album || song.title} hue={song.coverHue} size={72} />
        <div className={styles["name"]}>
          <p className={styles["title"]}>
            <Title>{song.title}</Title>
          </p>
          <p className="ink2">
            <Title>{song.artist}</Title>
          </p>
          <Stars title={song.title} value={song.rating} onRate={(stars) => rate([song], stars)} large />
        </div>
      </div>
      {data?.details.hasLyrics === true && (
        <Segment
          label={t("details.part")}
          value={part}
          options={[
            { value: "facts", label: t("details.facts") },
            { value: "lyrics", label: t("details.lyrics") },
          ]}
          onChange={setPart}
        />
      )}
      <DialogFault error={error} />
      {data === undefined && error === null && <SkeletonRows count={6} />}
      {data !== undefined && part === "facts" && <Facts song={data.song} details={data.details} />}
      {data !== undefined && part === "lyrics" && <Lyrics songId={song.id} />}
    </Dialog>
  );
}
