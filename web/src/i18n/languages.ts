import type { Storage } from "@/lib/storage";

/** The languages there are texts for, by the name their speakers give them. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

function isLanguage(code: string): code is Language {
  return code in LANGUAGES;
}

/** The language chosen on this device, else the first of the browser's that is known, else English. */
export function pickLanguage(storage: Storage, wanted: readonly string[]): Language {
  const kept = storage.read("language");
  const codes = [kept ?? "", ...wanted].map((tag) => tag.toLowerCase().split("-")[0] ?? "");
  return codes.find(isLanguage) ?? "en";
}
