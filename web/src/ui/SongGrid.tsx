import { type MouseEvent, type RefObject, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { clamp } from "@/lib/clamp";
import { classes } from "@/lib/classes";
import type { NowPlaying, SongActions, SongLine } from "@/lib/songRow";

import styles from "./SongGrid.module.css";
import { SongGridHead } from "./SongGridHead";
import { SongGridRow } from "./SongGridRow";
import { SongGridWaiting } from "./SongGridWaiting";
import type { SongSort } from "./songSort";
import { useGridKeys } from "./useGridKeys";
import { useStable } from "./useStable";
import { useVirtualRows } from "./useVirtualRows";

export interface GridSelection {
  readonly ids: ReadonlySet<number>;
  /** Takes one in or out. */
  readonly toggle: (index: number) => void;
  /** Takes in everything from the one chosen last up to this one. */
  readonly extend: (index: number) => void;
  readonly all: () => void;
  readonly clear: () => void;
}

interface SongGridProps<Song extends SongLine> {
  label: string;
  /** How many songs there are in all, loaded or not. */
  count: number;
  songAt: (index: number) => Song | undefined;
  onRange: (first: number, last: number) => void;
  scroller: RefObject<HTMLElement | null>;
  phone: boolean;
  sort: SongSort;
  onSort: (sort: SongSort) => void;
  now: NowPlaying | null;
  selection: GridSelection;
  onPlay: (index: number) => void;
  /** Give the same song the same actions: rows stay as they are while nothing about them changes. */
  actionsFor: (song: Song) => SongActions;
  /** A letter pressed while the table has the focus; true if it meant something. */
  onLetter: (letter: string) => boolean;
}

const ROW_HEIGHT = 36;
const PHONE_ROW_HEIGHT = 60;

/**
 * A dense table of any length. The table has the focus, its cursor moves with the arrow keys: Enter plays,
 * Space selects, Shift extends, Escape clears.
 */
export function SongGrid<Song extends SongLine>(props: SongGridProps<Song>) {
  const { label, count, songAt, onRange, scroller, phone, sort, onSort, now, selection, onPlay } = props;
  const { t } = useTranslation("rows");
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  const [cursorAt, setCursor] = useState(0);
  const cursor = clamp(cursorAt, 0, Math.max(count - 1, 0));
  const rowHeight = phone ? PHONE_ROW_HEIGHT : ROW_HEIGHT;
  const { height, rows, scrollTo, perView } = useVirtualRows({ count, rowHeight, scroller, body, onRange });
  const selecting = selection.ids.size > 0;

  const moveTo = (index: number) => {
    const to = clamp(index, 0, Math.max(count - 1, 0));
    setCursor(to);
    scrollTo(to);
    return to;
  };
  const keys = useGridKeys({ cursor, count, perView, moveTo, selection, onPlay, onLetter: props.onLetter });
  const select = useStable((index: number, extend: boolean) => {
    setCursor(index);
    if (extend) selection.extend(index);
    else selection.toggle(index);
  });
  const play = useStable(onPlay);
  const press = useStable((index: number, event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("a, button, input, [role=menu]")) return;
    setCursor(index);
    const finger = "pointerType" in event.nativeEvent && event.nativeEvent.pointerType === "touch";
    if (event.shiftKey) selection.extend(index);
    else if (event.ctrlKey || event.metaKey || (finger && selecting)) selection.toggle(index);
    else if (finger) onPlay(index);
  });
  const row = ({ index, top }: { index: number; top: number }) => {
    const song = songAt(index);
    if (song === undefined) return <SongGridWaiting key={index} index={index} top={top} />;
    return (
      <SongGridRow
        key={song.id}
        id={`${id}-${index}`}
        song={song}
        index={index}
        top={top}
        now={now?.id === song.id ? now : null}
        selected={selection.ids.has(song.id)}
        cursor={index === cursor}
        actions={props.actionsFor(song)}
        onPlay={play}
        onPress={press}
        onSelect={select}
      />
    );
  };

  return (
    <div
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-multiselectable="true"
      aria-activedescendant={songAt(cursor) === undefined ? undefined : `${id}-${cursor}`}
      aria-describedby={`${id}-keys`}
      className={classes(styles["grid"], selecting && styles["selecting"])}
      onKeyDown={keys}
    >
      <SongGridHead
        sort={sort}
        onSort={onSort}
        selected={selecting && (selection.ids.size === count || "some")}
        onSelectAll={selecting ? selection.clear : selection.all}
      />
      <div ref={body} role="rowgroup" className={styles["body"]} style={{ height }}>
        {rows.map(row)}
      </div>
      <p id={`${id}-keys`} className="sr">
        {t("gridKeys")}
      </p>
    </div>
  );
}
