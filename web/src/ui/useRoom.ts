import { type RefObject, useEffect, useState } from "react";

/**
 * How many pixels of the scroller stand below the top of an element while nothing is scrolled; undefined until that
 * is known. What stands above the element may grow: its parent is watched.
 */
export function useRoom(
  element: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
): number | undefined {
  const [room, setRoom] = useState<number>();
  useEffect(() => {
    const inner = element.current;
    const outer = scroller.current;
    if (inner === null || outer === null) return;
    const measure = () => {
      const top = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top;
      setRoom(outer.clientHeight - top - outer.scrollTop);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(outer);
    observer.observe(inner.parentElement ?? inner);
    return () => observer.disconnect();
  }, [element, scroller]);
  return room;
}
