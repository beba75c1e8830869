import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";

import styles from "./LongGrid.module.css";
import { useVirtualRows } from "./useVirtualRows";

interface LongGridProps {
  label: string;
  count: number;
  scroller: RefObject<HTMLElement | null>;
  /** Draws one cell; it may show a skeleton while its data is on the way. */
  cell: (index: number) => ReactNode;
  onRange: (first: number, last: number) => void;
  /** Pixels below the square of a cell. */
  textHeight: number;
}

const LEAST_WIDTH = 168;
const LEAST_PHONE_WIDTH = 140;
const GAP = 16;
const ROW_GAP = 24;

/** A grid of squares of any length that keeps only the ones in view in the page. */
export function LongGrid({ label, count, scroller, cell, onRange, textHeight }: LongGridProps) {
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body);
  const least = width < 520 ? LEAST_PHONE_WIDTH : LEAST_WIDTH;
  const columns = Math.max(2, Math.floor((width + GAP) / (least + GAP)));
  const side = Math.max((width - (columns - 1) * GAP) / columns, 1);
  const rowHeight = Math.round(side) + textHeight + ROW_GAP;
  const { height, rows } = useVirtualRows({
    count: Math.ceil(count / columns),
    rowHeight,
    scroller,
    body,
    onRange: (first, last) => onRange(first * columns, Math.min((last + 1) * columns, count) - 1),
  });
  const places = (row: number) =>
    Array.from({ length: Math.min(columns, count - row * columns) }, (_, at) => row * columns + at);
  return (
    <div ref={body} role="list" aria-label={label} className={styles["body"]} style={{ height }}>
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
            <div key={at} role="listitem" aria-setsize={count} aria-posinset={at + 1}>
              {cell(at)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => setWidth(target.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
