/** A steady hue (0 to 359) for a name, for avatars and missing covers. */
export function hueOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash % 360;
}

/** The first letter of a name as people would write it, or an empty text. */
export function initial(name: string): string {
  const letter = name.match(/[\p{L}\p{N}]/u)?.[0] ?? "";
  return letter.toLocaleUpperCase();
}

/** Up to two initials: "Jo Vance" is JV. */
export function initials(name: string): string {
  const words = name.split(/[\s_]+/).filter((word) => word !== "");
  const first = initial(words[0] ?? "");
  return words.length > 1 ? first + initial(words[words.length - 1] ?? "") : first;
}
