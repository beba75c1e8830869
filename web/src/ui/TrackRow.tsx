import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { formatNumber, formatTime } from "@/lib/format";
import type { NowPlaying, SongActions, SongLine } from "@/lib/songRow";

import { CheckBox } from "./CheckBox";
import { Cover } from "./Cover";
import { IconButton } from "./IconButton";
import { RowRule } from "./RowRule";
import { SongMenu } from "./SongMenu";
import { Title } from "./Title";
import { TrackNumber } from "./TrackNumber";
import styles from "./TrackRow.module.css";

interface TrackRowProps {
  song: SongLine;
  /** Shown at the start; the button to play stands in its place when the row is in use. */
  number: number | null;
  now: NowPlaying | null;
  onPlay: () => void;
  actions: SongActions;
  /** Beside the title: who else sings on it. */
  note?: string | undefined;
  /** With cover, artist below the title, and album: for lists of songs from everywhere. */
  mixed?: boolean;
  /** Before the number, for example a grip. */
  start?: ReactNode;
  /** Offers to take the song into a selection, or out of it: by a box at its start, and in the menu. */
  select?: { selected: boolean; toggle: (extend: boolean) => void };
  /** More entries of the menu. */
  menu?: ReactNode;
}

/** One song of an album, a playlist or another short list. Its parent is a list item. */
export function TrackRow({
  song,
  number,
  now,
  onPlay,
  actions,
  note,
  mixed = false,
  start,
  select,
  menu,
}: TrackRowProps) {
  const { t, i18n } = useTranslation("rows");
  const current = now?.id === song.id ? now : null;
  const className = classes(
    styles["row"],
    mixed && styles["mixed"],
    (start !== undefined || select !== undefined) && styles["withStart"],
    select?.selected === true && styles["selected"],
    current !== null && styles["current"],
    song.missing === true && styles["missing"],
  );
  return (
    <div
      className={className}
      data-row={current === null ? "" : "current"}
      onDoubleClick={song.missing === true ? undefined : onPlay}
    >
      {start}
      {select !== undefined && (
        <span className={styles["box"]}>
          <CheckBox
            label={t("selectTitle", { title: song.title })}
            checked={select.selected}
            onChange={select.toggle}
          />
        </span>
      )}
      <span className={classes(mixed && styles["first"])}>
        <TrackNumber song={song} number={number} playing={current?.playing ?? false} onPlay={onPlay} />
      </span>
      {mixed && <Cover url={song.coverUrl} title={song.album || song.title} hue={song.coverHue} size={40} />}
      <div className={styles["text"]}>
        <Title className={classes("cut", styles["title"])}>{song.title}</Title>
        {mixed && <Title className={classes("cut", styles["by"])}>{song.artist}</Title>}
        {note !== undefined && <Title className={classes("cut", styles["note"])}>{note}</Title>}
        {song.missing === true && <span className={styles["note"]}>{t("missing")}</span>}
      </div>
      {mixed && <AlbumLink song={song} />}
      <span className={styles["plays"]} title={t("plays", { count: song.plays })}>
        <span aria-hidden="true">{song.plays > 0 ? formatNumber(song.plays, i18n.language) : ""}</span>
        <span className="sr">{t("plays", { count: song.plays })}</span>
      </span>
      <span className={classes(styles["like"], !song.liked && styles["quiet"])}>
        <IconButton
          icon={song.liked ? "heartFilled" : "heart"}
          label={t(song.liked ? "unlikeTitle" : "likeTitle", { title: song.title })}
          pressed={song.liked}
          size={18}
          onClick={actions.toggleLike}
        />
      </span>
      <span className={styles["time"]}>{formatTime(song.duration)}</span>
      <span className={classes(styles["more"], styles["quiet"])}>
        <SongMenu
          song={song}
          actions={actions}
          {...(select !== undefined && {
            select: { selected: select.selected, toggle: () => select.toggle(false) },
          })}
        >
          {menu}
        </SongMenu>
      </span>
      {current !== null && <RowRule now={current} />}
    </div>
  );
}

function AlbumLink({ song }: { song: SongLine }) {
  if (song.albumId === null) return <span className={styles["album"]} />;
  return (
    <Link to={`/albums/${song.albumId}` as string} className={classes("cut", styles["album"])}>
      <Title>{song.album}</Title>
    </Link>
  );
}
