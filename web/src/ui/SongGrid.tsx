import {
  type CSSProperties,
  type ReactNode,
  type Ref,
  type RefObject,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";

import { clamp } from "@/lib/clamp";
import { classes } from "@/lib/classes";
import type { NowPlaying, SongActions, SongLine } from "@/lib/songRow";

import { columnTracks, fittingColumns, type SongColumn } from "./songColumns";
import styles from "./SongGrid.module.css";
import { SongGridHead } from "./SongGridHead";
import { SongGridRow } from "./SongGridRow";
import { SongGridWaiting } from "./SongGridWaiting";
import type { SongSort } from "./songSort";
import { useContextPress } from "./useContextPress";
import { useGridKeys } from "./useGridKeys";

import { useStable } from "./useStable";
import { useRowPress } from "./useRowPress";
import { type ListHandle, useVirtualRows } from "./useVirtualRows";
import { useWidth } from "./useWidth";

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
  /** Told which song stands first in view. */
  onFirst?: (index: number) => void;
  scroller: RefObject<HTMLElement | null>;
  phone: boolean;
  /** The columns to be shown where there is room for them. */
  columns: readonly SongColumn[];
  /** At the end of the heads. */
  headMenu?: ReactNode;
  sort: SongSort;
  onSort: (sort: SongSort) => void;
  now: NowPlaying | null;
  selection: GridSelection;
  onPlay: (index: number) => void;
  /** Give the same song the same actions: rows stay as they are while nothing about them changes. */
  actionsFor: (song: Song) => SongActions;
  /** A letter or figure pressed while the table has the focus, and where its cursor is; true if it meant something. */
  onLetter: (letter: string, index: number) => boolean;
  /** The menu of a song was asked for at a point of the window. */
  onContext: (index: number, point: { x: number; y: number }) => void;
  handle?: Ref<ListHandle>;
}

const ROW_HEIGHT = 36;
const PHONE_ROW_HEIGHT = 60;
const HEAD_HEIGHT = 36;
const NO_COLUMNS: readonly SongColumn[] = [];

/**
 * A dense table of any length. The table has the focus, its cursor moves with the arrow keys: Enter plays,
 * Space selects, Shift extends, Escape clears, figures rate, the menu key opens the menu.
 */
export function SongGrid<Song extends SongLine>(props: SongGridProps<Song>) {
  const { label, count, songAt, onRange, scroller, phone, sort, onSort, now, selection, onPlay } = props;
  const { columns: chosen, headMenu, onFirst, handle } = props;
  const { t } = useTranslation("rows");
  const id = useId();
  const table = useRef<HTMLDivElement>(null);
  const width = useWidth(table);
  const body = useRef<HTMLDivElement>(null);
  const [cursorAt, setCursor] = useState(0);
  const cursor = clamp(cursorAt, 0, Math.max(count - 1, 0));
  const rowHeight = phone ? PHONE_ROW_HEIGHT : ROW_HEIGHT;
  const covered = phone ? 0 : HEAD_HEIGHT;
  const columns = useMemo(() => (phone ? NO_COLUMNS : fittingColumns(chosen, width)), [phone, chosen, width]);
  const virtual = useVirtualRows({ count, rowHeight, scroller, body, onRange, onFirst, covered });
  const { height, rows, scrollTo, perView } = virtual;
  useImperativeHandle(handle, () => ({
    showFirst: (index) => {
      setCursor(index);
      scrollTo(index, "start");
    },
  }));
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
  const context = useContextPress({
    focused: () => ({ index: cursor, element: document.getElementById(`${id}-${cursor}`) }),
    onContext: (index, point) => {
      setCursor(index);
      props.onContext(index, point);
    },
  });
  const press = useRowPress({ cursor, setCursor, selection, onPlay });
  const row = ({ index, top }: { index: number; top: number }) => {
    const song = songAt(index);
    if (song === undefined) return <SongGridWaiting key={index} index={index} top={top} columns={columns} />;
    return (
      <SongGridRow
        key={song.id}
        id={`${id}-${index}`}
        song={song}
        index={index}
        top={top}
        columns={columns}
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
      ref={table}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-multiselectable="true"
      aria-activedescendant={songAt(cursor) === undefined ? undefined : `${id}-${cursor}`}
      aria-describedby={`${id}-keys`}
      className={classes(styles["grid"], selecting && styles["selecting"])}
      style={{ "--columns": columnTracks(columns) } as CSSProperties}
      onKeyDown={keys}
      {...context}
    >
      <SongGridHead
        columns={columns}
        menu={headMenu}
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
