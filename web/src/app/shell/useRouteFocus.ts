import { useRouter } from "@tanstack/react-router";
import { type RefObject, useEffect, useEffectEvent } from "react";

/**
 * After a change of page the keyboard and screen readers stand at the page's start. A page that is only searched
 * further, or that took the focus itself, is left alone.
 */
export function useRouteFocus(main: RefObject<HTMLElement | null>, onPage: () => void): void {
  const router = useRouter();
  const arrived = useEffectEvent(onPage);
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        if (fromLocation === undefined || !pathChanged) return;
        arrived();
        const typing = document.activeElement instanceof HTMLInputElement;
        if (!typing && !main.current?.contains(document.activeElement))
          main.current?.focus({ preventScroll: true });
      }),
    [router, main],
  );
}
