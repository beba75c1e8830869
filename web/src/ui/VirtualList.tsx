import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useState } from "react";

interface VirtualListProps {
  /** How many rows there are in all, loaded or not. */
  count: number;
  rowHeight: number;
  label: string;
  /** The element that scrolls. */
  scroller: RefObject<HTMLElement | null>;
  /** Draws one row; it may show a skeleton while its data is on the way. */
  row: (index: number) => ReactNode;
  /** What keeps a row's identity when rows move; its place unless given. */
  keyOf?: (index: number) => number;
  /** Told which rows are in view, to fetch them. */
  onRange?: (first: number, last: number) => void;
  /** Pixels above the list inside the scroller. */
  offset?: number;
}

const OVERSCAN = 8;

/** A list of any length that keeps only the rows in view in the page. */
export function VirtualList({
  count,
  rowHeight,
  label,
  scroller,
  row,
  keyOf,
  onRange,
  offset = 0,
}: VirtualListProps) {
  // The scroller is an ancestor: its ref is set only after this component was first drawn.
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => setElement(scroller.current), [scroller]);
  // The React Compiler is not used here, which is all the rule warns about.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => element,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: offset,
    ...(keyOf === undefined ? {} : { getItemKey: keyOf }),
  });
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows[rows.length - 1]?.index ?? 0;
  const tellRange = useEffectEvent((from: number, to: number) => onRange?.(from, to));
  useEffect(() => tellRange(first, last), [first, last]);

  return (
    <div role="list" aria-label={label} style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
      {rows.map((item) => (
        <div
          key={item.key}
          role="listitem"
          aria-setsize={count}
          aria-posinset={item.index + 1}
          style={{
            position: "absolute",
            insetInline: 0,
            top: 0,
            height: rowHeight,
            transform: `translateY(${item.start - offset}px)`,
          }}
        >
          {row(item.index)}
        </div>
      ))}
    </div>
  );
}
