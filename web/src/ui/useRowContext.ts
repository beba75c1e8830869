import { type MouseEvent, type PointerEvent, useEffect, useRef } from "react";

interface Point {
  x: number;
  y: number;
}

interface RowContextOptions {
  /** The row that the menu key means. */
  cursorRow: () => HTMLElement | null;
  cursor: number;
  onContext: (index: number, point: Point) => void;
}

const LONG_PRESS_MS = 500;
/** A finger is never quite still. */
const STILL_PX = 8;

/**
 * Asks for the menu of a row: by the right button, by the menu key, and by a finger that rests on it, which not every
 * browser makes known by itself. Rows are found by their `aria-rowindex`, whose first is the heads.
 */
export function useRowContext({ cursorRow, cursor, onContext }: RowContextOptions) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; at: Point } | null>(null);
  /** A menu that was just opened by a resting finger: the browser's own event and the click of its end mean the same. */
  const rested = useRef(false);
  const stop = () => {
    if (press.current !== null) clearTimeout(press.current.timer);
    press.current = null;
  };
  useEffect(() => stop, []);

  const onContextMenu = (event: MouseEvent) => {
    stop();
    if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return;
    const index = rowAt(event.target);
    if (rested.current) return event.preventDefault();
    if (index !== null) {
      event.preventDefault();
      onContext(index, { x: event.clientX, y: event.clientY });
    } else if (event.target === event.currentTarget) {
      const row = cursorRow()?.getBoundingClientRect();
      if (row === undefined) return;
      event.preventDefault();
      onContext(cursor, { x: row.left + row.width / 4, y: row.bottom });
    }
  };
  const onPointerDown = (event: PointerEvent) => {
    rested.current = false;
    stop();
    const index = event.target instanceof Element ? rowAt(event.target) : null;
    if (event.pointerType !== "touch" || index === null) return;
    const at = { x: event.clientX, y: event.clientY };
    const rest = () => {
      rested.current = true;
      onContext(index, at);
    };
    press.current = { timer: setTimeout(rest, LONG_PRESS_MS), at };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (press.current === null) return;
    const { x, y } = press.current.at;
    if (Math.hypot(event.clientX - x, event.clientY - y) > STILL_PX) stop();
  };
  const onClickCapture = (event: MouseEvent) => {
    if (!rested.current) return;
    rested.current = false;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    onContextMenu,
    onPointerDown,
    onPointerMove,
    onPointerUp: stop,
    onPointerCancel: stop,
    onClickCapture,
  };
}

const HEADS = 2;

function rowAt(target: Element): number | null {
  const index = Number(target.closest("[role=row]")?.getAttribute("aria-rowindex") ?? 0);
  return index >= HEADS ? index - HEADS : null;
}
