/** What the address of the search page may say. */
export interface SearchAddress {
  /** As typed, spaces and all. */
  q?: string;
}

/** Reads an address. Words that look like a number or a truth value arrive as one. */
export function readSearchAddress({ q }: Record<string, unknown>): SearchAddress {
  const words = typeof q === "string" || typeof q === "number" || typeof q === "boolean" ? String(q) : "";
  return words === "" ? {} : { q: words };
}
