import type { MouseEvent } from "react";

/** Runs for every press on a link or button of the results: then the search was of use. */
export function recentOnUse(remember: () => void) {
  return (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("[data-hit]") !== null) remember();
  };
}
