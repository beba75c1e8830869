import { useSyncExternalStore } from "react";

import type { Album } from "@/api/types";
import { Held } from "@/lib/held";

interface AskedMenu {
  readonly album: Album;
  /** In the window. */
  readonly point: { readonly x: number; readonly y: number };
}

const asked = new Held<AskedMenu | null>(null);

/** The menu of an album's sleeve. Any page asks for it; the application draws it, and fetches it only then. */
export const albumMenu = {
  /** An album that is not loaded yet has no menu. */
  show: (album: Album | undefined, point: AskedMenu["point"]): void =>
    asked.become(album === undefined ? null : { album, point }),
  close: (): void => asked.become(null),
};

export function useAlbumMenu(): AskedMenu | null {
  return useSyncExternalStore(asked.subscribe, asked.read);
}
