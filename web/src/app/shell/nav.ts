import type { GlyphName } from "@/ui/glyphs";

interface NavEntry {
  readonly to: string;
  readonly text: "nav.home" | "nav.songs" | "nav.albums" | "nav.artists";
  readonly icon: GlyphName;
  /** The single letter that opens it when letters are switched on. */
  readonly letter: string;
}

/** The main pages, in the order of the rail. */
export const navigation: readonly NavEntry[] = [
  { to: "/", text: "nav.home", icon: "home", letter: "h" },
  { to: "/songs", text: "nav.songs", icon: "songs", letter: "s" },
  { to: "/albums", text: "nav.albums", icon: "albums", letter: "a" },
  { to: "/artists", text: "nav.artists", icon: "artists", letter: "r" },
];
