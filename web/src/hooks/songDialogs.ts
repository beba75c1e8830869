import { useSyncExternalStore } from "react";

import type { Album, Artist, Song } from "@/api/types";
import { Emitter, type Unsubscribe } from "@/lib/emitter";

export type SongDialog =
  | {
      readonly kind: "addToPlaylist";
      readonly songs: readonly Pick<Song, "id">[];
      /** Told when they were added. */
      readonly onAdded?: () => void;
    }
  | { readonly kind: "edit"; readonly songs: readonly Song[] }
  | { readonly kind: "mergeArtist" | "splitArtist"; readonly artist: Artist }
  | { readonly kind: "mergeAlbum"; readonly album: Album }
  | { readonly kind: "details"; readonly song: Song }
  | { readonly kind: "remove"; readonly song: Song };

/** Which dialog about songs is open. Any page opens one; the application draws it over the page. */
class SongDialogs {
  private readonly events = new Emitter<{ changed: undefined }>();
  private open: SongDialog | null = null;

  current(): SongDialog | null {
    return this.open;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  show(dialog: SongDialog): void {
    this.become(dialog);
  }

  close(): void {
    this.become(null);
  }

  private become(dialog: SongDialog | null): void {
    this.open = dialog;
    this.events.emit("changed", undefined);
  }
}

export const songDialogs = new SongDialogs();

export function useSongDialog(): SongDialog | null {
  return useSyncExternalStore(
    (changed) => songDialogs.subscribe(changed),
    () => songDialogs.current(),
  );
}
