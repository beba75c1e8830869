import { type ReactNode, type Ref, type RefObject, useImperativeHandle, useRef } from "react";

import styles from "./LongGrid.module.css";
import { type ListHandle, useVirtualRows } from "./useVirtualRows";

interface LongListProps {
  label: string;
  count: number;
  rowHeight: number;
  scroller: RefObject<HTMLElement | null>;
  /** Draws one row; it may show a skeleton while its data is on the way. */
  row: (index: number) => ReactNode;
  onRange: (first: number, last: number) => void;
  /** Told which row stands first in view. */
  onFirst?: (index: number) => void;
  handle?: Ref<ListHandle>;
}

/** A list of any length that keeps only the rows in view in the page, wherever it stands in its scroller. */
export function LongList(props: LongListProps) {
  const { label, count, rowHeight, scroller, row, onRange, onFirst, handle } = props;
  const body = useRef<HTMLDivElement>(null);
  const { height, rows, scrollTo } = useVirtualRows({ count, rowHeight, scroller, body, onRange, onFirst });
  useImperativeHandle(handle, () => ({ showFirst: (index) => scrollTo(index, "start") }));
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
