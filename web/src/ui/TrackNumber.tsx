import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import type { SongLine } from "@/lib/songRow";

import { Icon } from "./Icon";
import styles from "./TrackNumber.module.css";

interface TrackNumberProps {
  song: SongLine;
  number: number | null;
  playing: boolean;
  onPlay: () => void;
}

/** The number of a song, which turns into its play button under the pointer and the keyboard. The row around it has data-row. */
export function TrackNumber({ song, number, playing, onPlay }: TrackNumberProps) {
  const { t } = useTranslation("rows");
  return (
    <span className={classes(styles["number"], song.missing === true && styles["still"])}>
      <span className={styles["digits"]}>{number}</span>
      {song.missing !== true && (
        <button
          type="button"
          className={styles["play"]}
          aria-label={t(playing ? "pauseTitle" : "playTitle", { title: song.title })}
          onClick={onPlay}
        >
          <Icon name={playing ? "pause" : "play"} size={16} />
        </button>
      )}
    </span>
  );
}
