import { useEffect } from "react";

/** Names the browser tab: the page first, then the product. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? "Hathor" : `${title} · Hathor`;
  }, [title]);
}
