import { type KeyboardEvent, type PointerEvent, useState } from "react";

import { clamp } from "@/lib/clamp";

interface SliderInput {
  max: number;
  /** How far an arrow key goes; Page Up and Down go five times as far. */
  step: number;
  read: () => number;
  /** Called while the knob is dragged. */
  onDrag?: (value: number) => void;
  /** Called when the value is decided. */
  onCommit: (value: number) => void;
}

const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 5,
  PageDown: -5,
};

/**
 * Pointer and keyboard of a horizontal slider that starts at 0 and runs left to right in every language.
 * `dragged` is the value under the pointer while one is held, else null.
 */
export function useSliderInput({ max, step, read, onDrag, onCommit }: SliderInput) {
  const [dragged, setDragged] = useState<number | null>(null);

  const valueAt = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return box.width > 0 ? clamp((event.clientX - box.left) / box.width, 0, 1) * max : 0;
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    const value = valueAt(event);
    setDragged(value);
    onDrag?.(value);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const steps = STEPS[event.key];
    const edge = event.key === "Home" ? 0 : event.key === "End" ? max : null;
    if (steps === undefined && edge === null) return;
    event.preventDefault();
    event.stopPropagation();
    onCommit(clamp(edge ?? read() + (steps ?? 0) * step, 0, max));
  };

  return {
    dragged,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (dragged !== null) drag(event);
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        if (dragged === null) return;
        setDragged(null);
        onCommit(valueAt(event));
      },
      onPointerCancel: () => setDragged(null),
      onKeyDown,
    },
  };
}
