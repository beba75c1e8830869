import { useSyncExternalStore } from "react";

/** Whether a media query holds now. Prefer CSS; this is for what must not be in the page at all. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
  );
}

/** The layout without rail and deck. */
export const PHONE = "(max-width: 720px)";
