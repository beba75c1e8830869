import type { GlyphName } from "@/ui/glyphs";

export const GROUPS = ["recent", "actions", "pages", "songs", "albums", "artists", "playlists"] as const;
export type EntryGroup = (typeof GROUPS)[number];

/** One thing the palette can do. */
export interface Entry {
  /** The same thing has the same id, in whatever group it stands. */
  readonly id: string;
  readonly group: EntryGroup;
  readonly label: string;
  readonly second?: string;
  readonly icon?: GlyphName;
  /** For what has a sleeve. */
  readonly cover?: { readonly url: string | null; readonly hue: number };
  /** The page it leads to; only such entries are remembered. */
  readonly to?: string;
  readonly run: () => void;
}
