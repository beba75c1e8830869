import { lazyRouteComponent } from "@tanstack/react-router";
import type { ComponentType } from "react";

import { loadTexts } from "@/i18n/i18n";

/**
 * A page in its own chunk, fetched together with its texts:
 * `component: page("songs", () => import("@/features/songs/SongsPage"), "SongsPage")`.
 */
export function page<Name extends string>(
  namespaces: string | readonly string[],
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
) {
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), loadTexts([namespaces].flat())]);
    return module;
  }, name);
}
