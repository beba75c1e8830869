import { type ReactNode, useRef } from "react";

import { ScrollerContext } from "@/hooks/ScrollerContext";

// What virtual lists ask for; without layout it would be nothing.
Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, value: 800 });
Object.defineProperty(HTMLElement.prototype, "offsetWidth", { configurable: true, value: 800 });

/** A page inside an element that scrolls, as the shell gives it one. */
export function inScroller(Page: () => ReactNode): () => ReactNode {
  return function Scrolling() {
    const scroller = useRef<HTMLDivElement>(null);
    return (
      <div ref={scroller}>
        <ScrollerContext value={scroller}>
          <Page />
        </ScrollerContext>
      </div>
    );
  };
}
