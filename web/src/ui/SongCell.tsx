import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { formatNumber, formatShortDate } from "@/lib/format";
import type { SongActions, SongLine } from "@/lib/songRow";

import { IconButton } from "./IconButton";
import { SONG_COLUMNS, type SongColumn } from "./songColumns";
import styles from "./SongGrid.module.css";
import { Stars } from "./Stars";
import { Title } from "./Title";

interface SongCellProps {
  column: SongColumn;
  song: SongLine;
  actions: SongActions;
  /** Of what can be reached with Tab in it. */
  tabIndex: number;
}

/** One column of a song's row. */
export function SongCell({ column, song, actions, tabIndex }: SongCellProps) {
  const className = classes(
    styles[column],
    SONG_COLUMNS[column].number && styles["number"],
    column === "liked" && !song.liked && styles["quiet"],
    column === "rating" && song.rating === 0 && styles["quiet"],
  );
  return (
    <span role="gridcell" className={className}>
      <Content column={column} song={song} actions={actions} tabIndex={tabIndex} />
    </span>
  );
}

function Content({ column, song, actions, tabIndex }: SongCellProps) {
  const { t, i18n } = useTranslation("rows");
  switch (column) {
    case "artist":
      return (
        <CellLink to={`/artists/${song.artists[0]?.id ?? 0}`} known={song.artists[0]} tabIndex={tabIndex}>
          {song.artist}
        </CellLink>
      );
    case "album":
      return (
        <CellLink to={`/albums/${song.albumId ?? 0}`} known={song.albumId} tabIndex={tabIndex}>
          {song.album}
        </CellLink>
      );
    case "genre":
      return (
        <CellLink
          to={`/genres/${encodeURIComponent(song.genre ?? "")}`}
          known={song.genre || null}
          tabIndex={tabIndex}
        >
          {song.genre ?? ""}
        </CellLink>
      );
    case "year":
      return song.year;
    case "added":
      return formatShortDate(song.createdAt, i18n.language);
    case "plays":
      return song.plays > 0 ? formatNumber(song.plays, i18n.language) : "";
    case "lastPlayed":
      return song.lastPlayed === null ? "" : formatShortDate(song.lastPlayed, i18n.language);
    case "format":
      return song.format.toUpperCase();
    case "rating":
      return <Stars title={song.title} value={song.rating} onRate={actions.rate} tabIndex={tabIndex} />;
    case "liked":
      return (
        <IconButton
          icon={song.liked ? "heartFilled" : "heart"}
          label={t(song.liked ? "unlikeTitle" : "likeTitle", { title: song.title })}
          pressed={song.liked}
          size={16}
          tabIndex={tabIndex}
          onClick={actions.toggleLike}
        />
      );
  }
}

interface CellLinkProps {
  to: string;
  /** Null or undefined if there is no page to go to. */
  known: unknown;
  tabIndex: number;
  children: string;
}

function CellLink({ to, known, tabIndex, children }: CellLinkProps) {
  if (known === null || known === undefined) return <Title className="cut">{children}</Title>;
  return (
    <Link to={to as string} className="cut" tabIndex={tabIndex}>
      <Title>{children}</Title>
    </Link>
  );
}
