import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { formatNumber } from "@/lib/format";
import type { NowPlaying, SongActions, SongLine } from "@/lib/songRow";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { RowRule } from "@/ui/RowRule";
import { SongMenu } from "@/ui/SongMenu";
import { Title } from "@/ui/Title";

import styles from "./MostPlayed.module.css";

interface RankRowProps {
  song: SongLine;
  rank: number;
  /** The plays of the first in the list: the full length of the bar. */
  most: number;
  now: NowPlaying | null;
  onPlay: () => void;
  actions: SongActions;
}

/** One song of the ranking with the length of its lead. */
export function RankRow({ song, rank, most, now, onPlay, actions }: RankRowProps) {
  const { t, i18n } = useTranslation("rows");
  const current = now?.id === song.id ? now : null;
  const playing = current?.playing === true;
  return (
    <div className={classes(styles["row"], current !== null && styles["current"])} onDoubleClick={onPlay}>
      <button
        type="button"
        className={styles["rank"]}
        aria-label={t(playing ? "pauseTitle" : "playTitle", { title: song.title })}
        onClick={onPlay}
      >
        <span className={styles["digits"]}>{rank}</span>
        <span className={styles["glyph"]}>
          <Icon name={playing ? "pause" : "play"} size={16} />
        </span>
      </button>
      <Cover url={song.coverUrl} title={song.album || song.title} hue={song.coverHue} size={40} />
      <div className={styles["text"]}>
        <Title className={classes("cut", styles["name"])}>{song.title}</Title>
        <Title className={classes("cut", styles["artist"])}>{song.artist}</Title>
      </div>
      <span className={styles["bar"]} aria-hidden="true">
        <span style={{ width: `${(song.plays / most) * 100}%` }} />
      </span>
      <span className={styles["plays"]} title={t("plays", { count: song.plays })}>
        <span aria-hidden="true">{formatNumber(song.plays, i18n.language)}</span>
        <span className="sr">{t("plays", { count: song.plays })}</span>
      </span>
      <span className={styles["more"]}>
        <SongMenu song={song} actions={actions} />
      </span>
      {current !== null && <RowRule now={current} />}
    </div>
  );
}
