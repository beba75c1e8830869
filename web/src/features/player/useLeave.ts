import { useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";

/** The way back from a page that hides the frame, to where one came from. */
export function useLeave(): () => void {
  const router = useRouter();
  return () => {
    if (router.history.canGoBack()) router.history.back();
    else void router.navigate({ to: "/" });
  };
}

/** Escape leaves too, unless a menu, a dialog or the queue beside the page has a use for it. */
export function useLeaveKey(): void {
  const leave = useLeave();
  const press = useEffectEvent((event: KeyboardEvent) => {
    const inside =
      event.target instanceof Element && event.target.closest("[role=dialog], [role=menu], aside");
    if (event.key === "Escape" && !event.defaultPrevented && !inside) leave();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
