import { type RefObject, useEffect } from "react";

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Down leads from the search field, wherever it is, into the results and from one to the next; up leads back.
 * A result is an element with data-result; its first control takes the focus.
 */
export function useResultKeys(results: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      const from = event.target;
      if (step === undefined || event.defaultPrevented || !(from instanceof HTMLElement)) return;
      const items = [...(results.current?.querySelectorAll<HTMLElement>("[data-result]") ?? [])];
      const at = items.findIndex((item) => item.contains(from));
      const typing = from instanceof HTMLInputElement && from.type === "search";
      if (at === -1 && !(typing && step === 1)) return;
      const to = at + step;
      const next =
        to === -1 ? document.querySelector("input[type=search]") : items[to]?.querySelector("a, button");
      if (!(next instanceof HTMLElement)) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [results]);
}
