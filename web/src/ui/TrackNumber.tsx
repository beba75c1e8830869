import { useTranslation } from "react-i18next";

import type { SongLine } from "@/lib/songRow";

import { Icon } from "./Icon";
import styles from "./TrackRow.module.css";

interface TrackNumberProps {
  song: SongLine;
  number: number | null;
  playing: boolean;
  onPlay: () => void;
}

/** The number of a song, which turns into its play button under the pointer and the keyboard. */
export function TrackNumber({ song, number, playing, onPlay }: TrackNumberProps) {
  const { t } = useTranslation("rows");
  if (song.missing === true) return <span className={styles["number"]}>{number}</span>;
  return (
    <button
      type="button"
      className={styles["number"]}
      aria-label={t(playing ? "pauseTitle" : "playTitle", { title: song.title })}
      onClick={onPlay}
    >
      <span className={styles["digits"]}>{number}</span>
      <span className={styles["glyph"]}>
        <Icon name={playing ? "pause" : "play"} size={16} />
      </span>
    </button>
  );
}
