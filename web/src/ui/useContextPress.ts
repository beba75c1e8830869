import { type MouseEvent, type PointerEvent, useEffect, useRef } from "react";

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface ContextPressOptions {
  /** The menu of an item was asked for at a point of the window. Items carry their place in `data-at`. */
  onContext: (index: number, point: Point) => void;
  /** Which item the menu key means while the list itself has the focus. */
  focused?: () => { index: number; element: HTMLElement | null };
}

const LONG_PRESS_MS = 500;
/** A finger is never quite still. */
const STILL_PX = 8;

/**
 * Asks for the menu of an item of a list: by the right button, by the menu key, and by a finger that rests on it, which
 * not every browser makes known by itself. Spread what it gives over the list.
 */
export function useContextPress({ onContext, focused }: ContextPressOptions) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pressed = useRef<Point>({ x: 0, y: 0 });
  /** A resting finger has opened the menu: the browser's own event and the click of its end are to do nothing more. */
  const rested = useRef(false);
  const stop = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);

  const onContextMenu = (event: MouseEvent) => {
    stop();
    if (rested.current) return event.preventDefault();
    const index = placeOf(event);
    if (index !== null) {
      event.preventDefault();
      return onContext(index, { x: event.clientX, y: event.clientY });
    }
    const meant = event.target === event.currentTarget ? focused?.() : undefined;
    const box = meant?.element?.getBoundingClientRect();
    if (meant === undefined || box === undefined) return;
    event.preventDefault();
    onContext(meant.index, { x: box.left + box.width / 4, y: box.bottom });
  };
  const onPointerDown = (event: PointerEvent) => {
    rested.current = false;
    stop();
    const index = placeOf(event);
    if (event.pointerType !== "touch" || index === null) return;
    const at = { x: event.clientX, y: event.clientY };
    pressed.current = at;
    timer.current = setTimeout(() => {
      rested.current = true;
      onContext(index, at);
    }, LONG_PRESS_MS);
  };
  const onPointerMove = (event: PointerEvent) => {
    const { x, y } = pressed.current;
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

/** The place of the item an event happened in; null outside, and in menus and dialogs that are drawn elsewhere. */
function placeOf({ target, currentTarget }: { target: EventTarget; currentTarget: Element }): number | null {
  if (!(target instanceof Element) || !currentTarget.contains(target)) return null;
  const place = target.closest("[data-at]")?.getAttribute("data-at") ?? null;
  return place === null ? null : Number(place);
}
