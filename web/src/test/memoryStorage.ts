import type { Storage } from "@/lib/storage";

/** Remembers as long as the test runs. */
export function memoryStorage(kept: Record<string, string> = {}): Storage {
  const values = new Map(Object.entries(kept));
  return {
    read: (key) => values.get(key) ?? null,
    write: (key, value) => {
      if (value === null) values.delete(key);
      else values.set(key, value);
    },
  };
}
