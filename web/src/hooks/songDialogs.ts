import { useSyncExternalStore } from "react";

import type { Album, Artist, Song } from "@/api/types";
import { Held } from "@/lib/held";

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

const open = new Held<SongDialog | null>(null);

/** Which dialog about songs is open. Any page opens one; the application draws it over the page. */
export const songDialogs = {
  current: open.read,
  show: (dialog: SongDialog): void => open.become(dialog),
  close: (): void => open.become(null),
};

export function useSongDialog(): SongDialog | null {
  return useSyncExternalStore(open.subscribe, open.read);
}
