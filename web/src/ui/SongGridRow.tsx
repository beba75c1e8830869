import { memo, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";
import type { NowPlaying, SongActions, SongLine } from "@/lib/songRow";

import { CheckBox } from "./CheckBox";
import { Cover } from "./Cover";
import { RowRule } from "./RowRule";
import { SongCell } from "./SongCell";
import type { SongColumn } from "./songColumns";
import styles from "./SongGrid.module.css";
import { SongMenu } from "./SongMenu";
import { Title } from "./Title";

interface SongGridRowProps {
  id: string;
  song: SongLine;
  index: number;
  top: number;
  columns: readonly SongColumn[];
  /** Null unless this is the current song. */
  now: NowPlaying | null;
  selected: boolean;
  cursor: boolean;
  actions: SongActions;
  onPlay: (index: number) => void;
  onPress: (index: number, event: MouseEvent) => void;
  onSelect: (index: number, extend: boolean) => void;
}

/** One song of the dense table. Only the row with the cursor has its controls in the tab order. */
export const SongGridRow = memo(function SongGridRow(props: SongGridRowProps) {
  const { t } = useTranslation("rows");
  const { id, song, index, top, columns, now, selected, cursor, actions } = props;
  const { onPlay, onPress, onSelect } = props;
  const tabIndex = cursor ? 0 : -1;
  const className = classes(
    styles["row"],
    styles["song"],
    now !== null && styles["current"],
    selected && styles["selected"],
    cursor && styles["cursor"],
    song.missing === true && styles["missing"],
  );
  return (
    // The grid around it has the focus and the keys; the row answers to pointers only.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="row"
      data-at={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={className}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => onPress(index, event)}
      onDoubleClick={() => onPlay(index)}
    >
      <span role="gridcell" className={styles["box"]}>
        <CheckBox
          label={t("selectTitle", { title: song.title })}
          checked={selected}
          tabIndex={tabIndex}
          onChange={(extend) => onSelect(index, extend)}
        />
      </span>
      <span role="presentation" className={styles["cover"]}>
        <Cover url={song.coverUrl} title={song.album || song.title} hue={song.coverHue} size={44} fluid />
      </span>
      <span role="gridcell" className={styles["title"]}>
        <Title className="cut">{song.title}</Title>
        <Title className={classes("cut", styles["second"])}>{song.artist}</Title>
      </span>
      {columns.map((column) => (
        <SongCell key={column} column={column} song={song} actions={actions} tabIndex={tabIndex} />
      ))}
      <span role="gridcell" className={classes(styles["time"], styles["number"])}>
        {formatTime(song.duration)}
      </span>
      <span role="gridcell" className={classes(styles["more"], styles["quiet"])}>
        <SongMenu
          song={song}
          actions={actions}
          select={{ selected, toggle: () => onSelect(index, false) }}
          skipped={!cursor}
        />
      </span>
      {now !== null && <RowRule now={now} />}
    </div>
  );
});
