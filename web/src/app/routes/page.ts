import { lazyRouteComponent } from "@tanstack/react-router";
import type { ComponentType } from "react";

import { loadTexts } from "@/i18n/i18n";

/** The code of a page did not come: the server is away, or has a newer client by now. */
export class PageNotFetched extends Error {
  override readonly name = "PageNotFetched";
}

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
    const [module] = await Promise.all([load(), loadTexts([namespaces].flat())]).catch((cause: unknown) => {
      // The router would load everything anew at once, which stops the music and fails while the server is away.
      throw new PageNotFetched(name, { cause });
    });
    return module;
  }, name);
}
