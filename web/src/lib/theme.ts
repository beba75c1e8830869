import type { Storage } from "./storage";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The theme chosen on this device; "system" unless one was chosen. */
export function readTheme(storage: Storage): Theme {
  const kept = storage.read("theme");
  return kept === "light" || kept === "dark" ? kept : "system";
}

/** Shows and remembers a theme. public/theme.js reads the same key before the first paint. */
export function applyTheme(
  theme: Theme,
  storage: Storage,
  root: HTMLElement = document.documentElement,
): void {
  storage.write("theme", theme === "system" ? null : theme);
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
}
