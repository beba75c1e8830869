import type { LogLine } from "@/api/types";

/** The severities, least first; the first of them shows all. */
export const LEVELS = ["debug", "info", "warn", "error"] as const;

export type Level = (typeof LEVELS)[number];

/** The lines of at least that severity with the text somewhere in them, newest first. */
export function matching(lines: readonly LogLine[], least: Level, text: string): LogLine[] {
  const wanted = text.trim().toLowerCase();
  const has = ({ message, fields }: LogLine) =>
    [message, ...fields.map(({ name, value }) => `${name}=${value}`)]
      .join(" ")
      .toLowerCase()
      .includes(wanted);
  const from = LEVELS.indexOf(least);
  return lines.filter((line) => LEVELS.indexOf(line.level) >= from && has(line)).toReversed();
}
