import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { classes } from "@/lib/classes";
import { formatNumber } from "@/lib/format";
import type { NowPlaying, SongActions } from "@/lib/songRow";
import { Cover } from "@/ui/Cover";
import { RowRule } from "@/ui/RowRule";
import { SongMenu } from "@/ui/SongMenu";
import { Title } from "@/ui/Title";
import { TrackNumber } from "@/ui/TrackNumber";

import styles from "./HomePage.module.css";

interface RankedRowProps {
  song: Song;
  rank: number;
  /** 0 to 1 of the first one's plays. */
  share: number;
  now: NowPlaying | null;
  onPlay: () => void;
  actions: SongActions;
}

/** A song with its place and its plays. */
export function RankedRow({ song, rank, share, now, onPlay, actions }: RankedRowProps) {
  const { t, i18n } = useTranslation("rows");
  const current = now?.id === song.id ? now : null;
  return (
    <div
      className={classes(styles["rank"], current !== null && styles["current"])}
      data-row={current === null ? "" : "current"}
      onDoubleClick={onPlay}
    >
      <TrackNumber song={song} number={rank} playing={current?.playing ?? false} onPlay={onPlay} />
      <Cover url={song.coverUrl} title={song.album || song.title} hue={song.coverHue} size={40} />
      <span className={styles["names"]}>
        <Title className={classes("cut", styles["name"])}>{song.title}</Title>
        <Title className={classes("cut", styles["by"])}>{song.artist}</Title>
      </span>
      <span className={styles["bar"]} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
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
