import { useSyncExternalStore } from "react";

import type { Album } from "@/api/types";
import { Emitter, type Unsubscribe } from "@/lib/emitter";

interface AskedMenu {
  readonly album: Album;
  /** In the window. */
  readonly point: { readonly x: number; readonly y: number };
}

/** The menu of an album's sleeve. Any page asks for it; the application draws it, and fetches it only then. */
class AlbumMenu {
  private readonly events = new Emitter<{ changed: undefined }>();
  private asked: AskedMenu | null = null;

  current(): AskedMenu | null {
    return this.asked;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  /** An album that is not loaded yet has no menu. */
  show(album: Album | undefined, point: AskedMenu["point"]): void {
    if (album !== undefined) this.become({ album, point });
  }

  close(): void {
    this.become(null);
  }

  private become(asked: AskedMenu | null): void {
    this.asked = asked;
    this.events.emit("changed", undefined);
  }
}

export const albumMenu = new AlbumMenu();

export function useAlbumMenu(): AskedMenu | null {
  return useSyncExternalStore(
    (changed) => albumMenu.subscribe(changed),
    () => albumMenu.current(),
  );
}
