import type { Storage } from "./storage";

/** How songs come: as their files are, converted with hardly an audible loss, or small. */
export const QUALITIES = ["original", "high", "saver"] as const;

export type Quality = (typeof QUALITIES)[number];

export function readQuality(storage: Storage): Quality {
  const stored = storage.read("quality");
  return QUALITIES.find((quality) => quality === stored) ?? "original";
}
