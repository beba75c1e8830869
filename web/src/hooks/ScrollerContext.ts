import { createContext, type RefObject, use } from "react";

export const ScrollerContext = createContext<RefObject<HTMLElement | null>>({ current: null });

/** The element that scrolls the page; long lists need it. */
export function useScroller(): RefObject<HTMLElement | null> {
  return use(ScrollerContext);
}
