import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useState } from "react";

import { clamp } from "@/lib/clamp";

/** What a page may ask of a long list that it draws. */
export interface ListHandle {
  /** Scrolls so that this item stands first in view. */
  readonly showFirst: (index: number) => void;
}

interface VirtualRowsOptions {
  count: number;
  rowHeight: number;
  /** The element that scrolls, somewhere around the rows. */
  scroller: RefObject<HTMLElement | null>;
  /** The element that holds the rows and is as high as all of them. */
  body: RefObject<HTMLElement | null>;
  /** Told which rows are in view. */
  onRange?: ((first: number, last: number) => void) | undefined;
  /** Told which row stands first in view. */
  onFirst?: ((row: number) => void) | undefined;
  /** Pixels at the top of the view that something else covers. */
  covered?: number;
}

const OVERSCAN = 8;

/** The rows of a long list that are in view, wherever the list stands in its scroller. */
export function useVirtualRows(options: VirtualRowsOptions) {
  const { count, rowHeight, scroller, body, onRange, onFirst, covered = 0 } = options;
  // The scroller is an ancestor: its ref is set only after this component was first drawn.
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [offset, setOffset] = useState(0);
  useEffect(() => setElement(scroller.current), [scroller]);
  useLayoutEffect(() => {
    if (element === null || body.current === null) return;
    const list = body.current;
    const measure = () =>
      setOffset(list.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop);
    measure();
    // What stands above the rows may wrap or grow.
    const observer = new ResizeObserver(measure);
    observer.observe(list.parentElement ?? list);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element, body]);

  // The React Compiler is not used here, which is all the rule warns about.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => element,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: offset,
    scrollPaddingStart: covered,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows[rows.length - 1]?.index ?? 0;
  const tellRange = useEffectEvent((from: number, to: number) => onRange?.(from, to));
  useEffect(() => tellRange(first, last), [first, last]);
  // The first one that nothing covers.
  const start = (element?.scrollTop ?? 0) + covered - offset;
  const top = clamp(Math.ceil(start / rowHeight - 0.5), 0, Math.max(count - 1, 0));
  const tellFirst = useEffectEvent((row: number) => onFirst?.(row));
  useEffect(() => tellFirst(top), [top]);

  return {
    height: virtualizer.getTotalSize(),
    rows: rows.map((row) => ({ index: row.index, top: row.start - offset })),
    scrollTo: (index: number, align: "auto" | "start" = "auto") =>
      virtualizer.scrollToIndex(index, { align }),
    /** How many rows fit into the view, for Page Up and Page Down. */
    perView: Math.max(1, Math.floor((element?.clientHeight ?? 0) / rowHeight) - 1),
  };
}
