import { type ReactNode, type RefObject, useRef } from "react";

import styles from "./LongGrid.module.css";
import { useVirtualRows } from "./useVirtualRows";

interface LongListProps {
  label: string;
  count: number;
  rowHeight: number;
  scroller: RefObject<HTMLElement | null>;
  /** Draws one row; it may show a skeleton while its data is on the way. */
  row: (index: number) => ReactNode;
  onRange: (first: number, last: number) => void;
}

/** A list of any length that keeps only the rows in view in the page, wherever it stands in its scroller. */
export function LongList({ label, count, rowHeight, scroller, row, onRange }: LongListProps) {
  const body = useRef<HTMLDivElement>(null);
  const { height, rows } = useVirtualRows({ count, rowHeight, scroller, body, onRange });
  return (
    <div ref={body} role="list" aria-label={label} className={styles["body"]} style={{ height }}>
      {rows.map(({ index, top }) => (
        <div
          key={index}
          role="listitem"
          aria-setsize={count}
          aria-posinset={index + 1}
          className={styles["item"]}
          style={{ height: rowHeight, transform: `translateY(${top}px)` }}
        >
          {row(index)}
        </div>
      ))}
    </div>
  );
}
