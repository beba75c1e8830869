import { type KeyboardEvent, type PointerEvent, useRef } from "react";

interface RowMove {
  /** Where the row stands now. */
  readonly place: number;
  readonly rowHeight: number;
  /** Told each new place while the row is dragged, and by the arrow keys. */
  readonly onMove: ((to: number) => void) | undefined;
  /** Told when the row was let go, or moved by a key. */
  readonly onRest?: () => void;
}

/** Pointer and keyboard of a row's handle: the row follows by whole places. */
export function useRowMove({ place, rowHeight, onMove, onRest }: RowMove) {
  /** Where the pointer would stand if the row were at place 0. */
  const origin = useRef<number | null>(null);

  const drag = (event: PointerEvent) => {
    if (origin.current === null) return;
    const to = Math.round((event.clientY - origin.current) / rowHeight);
    if (to !== place) onMove?.(to);
  };
  const release = () => {
    if (origin.current !== null) onRest?.();
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
      event.stopPropagation();
      onMove?.(place + step);
      onRest?.();
    },
  };
}
