import { type ReactNode, type Ref, type RefObject, useImperativeHandle, useRef } from "react";

import styles from "./LongGrid.module.css";
import { type Point, useContextPress } from "./useContextPress";
import { type ListHandle, useVirtualRows } from "./useVirtualRows";
import { useWidth } from "./useWidth";

interface LongGridProps {
  label: string;
  count: number;
  scroller: RefObject<HTMLElement | null>;
  /** Draws one cell; it may show a skeleton while its data is on the way. */
  cell: (index: number) => ReactNode;
  onRange: (first: number, last: number) => void;
  /** Told which item stands first in view. */
  onFirst?: (index: number) => void;
  /** Pixels below the square of a cell. */
  textHeight: number;
  handle?: Ref<ListHandle>;
  /** The menu of an item was asked for at a point of the window. */
  onContext?: (index: number, point: Point) => void;
}

const LEAST_WIDTH = 168;
const LEAST_PHONE_WIDTH = 140;
const GAP = 16;
const ROW_GAP = 24;

/** A grid of squares of any length that keeps only the ones in view in the page. */
export function LongGrid(props: LongGridProps) {
  const { label, count, scroller, cell, onRange, onFirst, textHeight, handle, onContext } = props;
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body);
  const least = width < 520 ? LEAST_PHONE_WIDTH : LEAST_WIDTH;
  const columns = Math.max(2, Math.floor((width + GAP) / (least + GAP)));
  const side = Math.max((width - (columns - 1) * GAP) / columns, 1);
  const rowHeight = Math.round(side) + textHeight + ROW_GAP;
  const { height, rows, scrollTo } = useVirtualRows({
    count: Math.ceil(count / columns),
    rowHeight,
    scroller,
    body,
    onRange: (first, last) => onRange(first * columns, Math.min((last + 1) * columns, count) - 1),
    onFirst: (row) => onFirst?.(row * columns),
  });
  useImperativeHandle(handle, () => ({
    showFirst: (index) => scrollTo(Math.floor(index / columns), "start"),
  }));
  const context = useContextPress({ onContext: (index, point) => onContext?.(index, point) });
  const places = (row: number) =>
    Array.from({ length: Math.min(columns, count - row * columns) }, (_, at) => row * columns + at);
  return (
    <div
      ref={body}
      role="list"
      aria-label={label}
      className={styles["body"]}
      style={{ height }}
      {...(onContext !== undefined && context)}
    >
      {rows.map(({ index, top }) => (
        <div
          key={index}
          role="presentation"
          className={styles["row"]}
          style={{
            transform: `translateY(${top}px)`,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {places(index).map((at) => (
            <div key={at} role="listitem" data-at={at} aria-setsize={count} aria-posinset={at + 1}>
              {cell(at)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
