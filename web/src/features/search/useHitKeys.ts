import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";

import { searchEvents } from "./searchEvents";

/** Marks what the arrow keys stop at; its first link or button takes the focus. */
export const HIT = { "data-hit": true };

/** Arrow keys from the field into the results, from one to the next, and back. */
export function useHitKeys(): {
  ref: RefObject<HTMLDivElement | null>;
  onKeyDown: (event: KeyboardEvent) => void;
} {
  const ref = useRef<HTMLDivElement>(null);
  const hits = () => [...(ref.current?.querySelectorAll<HTMLElement>("[data-hit]") ?? [])];
  const enter = (hit: HTMLElement | undefined) => hit?.querySelector<HTMLElement>("a, button")?.focus();
  useEffect(
    () =>
      searchEvents.on("intoResults", () =>
        ref.current?.querySelector<HTMLElement>("[data-hit] a, [data-hit] button")?.focus(),
      ),
    [],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const inMenu = event.target instanceof Element && event.target.closest("[role=menu]") !== null;
    if (step === 0 || inMenu || event.defaultPrevented) return;
    const all = hits();
    const at = all.findIndex((hit) => hit.contains(document.activeElement));
    if (at === -1) return;
    event.preventDefault();
    if (at + step < 0) searchEvents.emit("intoField", undefined);
    else enter(all[at + step]);
  };
  return { ref, onKeyDown };
}
