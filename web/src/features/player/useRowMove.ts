import { type KeyboardEvent, type PointerEvent, useRef } from "react";

/** Pointer and keyboard of a row's handle: the row follows by whole places. */
export function useRowMove(place: number, rowHeight: number, onMove: ((to: number) => void) | undefined) {
  /** Where the pointer would stand if the row were at place 0. */
  const origin = useRef<number | null>(null);

  const drag = (event: PointerEvent) => {
    if (origin.current === null) return;
    const to = Math.round((event.clientY - origin.current) / rowHeight);
    if (to !== place) onMove?.(to);
  };
  const release = () => {
    origin.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      origin.current = event.clientY - place * rowHeight;
    },
    onPointerMove: drag,
    onPointerUp: release,
    onPointerCancel: release,
    onKeyDown: (event: KeyboardEvent) => {
      const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      onMove?.(place + step);
    },
  };
}
