import { fold } from "@/lib/fold";

/** The letter a name stands under: without accents, "#" for figures and signs. */
export function letterOf(name: string): string {
  const first = fold(name).match(/\S/u)?.[0] ?? "";
  return /\p{L}/u.test(first) ? first.toLocaleUpperCase() : "#";
}
