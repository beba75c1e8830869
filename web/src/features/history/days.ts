import type { Listen } from "@/api/types";

export interface Day {
  /** "2026-03-04" in the reader's zone. */
  readonly key: string;
  readonly listens: readonly Listen[];
}

/** Listens by the calendar day of the reader, in the order they came. */
export function groupByDay(listens: readonly Listen[]): Day[] {
  const days = new Map<string, Listen[]>();
  for (const listen of listens) {
    const key = dayOf(new Date(listen.at));
    const known = days.get(key);
    if (known === undefined) days.set(key, [listen]);
    else known.push(listen);
  }
  return [...days].map(([key, heard]) => ({ key, listens: heard }));
}

function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "Today", "yesterday", or the day with its weekday; the year only if it is another one. */
export function nameOfDay(key: string, language: string, now = new Date()): string {
  const day = new Date(`${key}T00:00:00`);
  const today = new Date(`${dayOf(now)}T00:00:00`);
  const ago = Math.round((today.getTime() - day.getTime()) / 86_400_000);
  if (ago <= 1) {
    const word = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-ago, "day");
    return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
  }
  return new Intl.DateTimeFormat(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(day.getFullYear() !== now.getFullYear() && { year: "numeric" }),
  }).format(day);
}
