const LETTERS: Record<string, string> = {
  ø: "o",
  ł: "l",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/**
 * Brings a text into the form it is compared in: without case, accents or the letters that have no accent to
 * strip, as the server's search does. "Sølvberg" and "solvberg" fold to the same text.
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[øłßæœđðþı]/g, (letter) => LETTERS[letter] ?? letter);
}

/** True if every word of the query begins some word of the text. An empty query matches. */
export function matches(text: string, query: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(query)
    .split(/\s+/)
    .filter((part) => part !== "")
    .every((part) => words.some((word) => word.startsWith(part)));
}
