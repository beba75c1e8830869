import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

import { deviceStorage } from "@/lib/storage";

import { type Language, pickLanguage } from "./languages";

type Texts = Record<string, unknown>;

/** One small file per language and namespace; each is fetched when a page first needs it. */
const files = import.meta.glob<Texts>("./locales/*/*.json", { import: "default" });

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read(language, namespace, done) {
    const file = files[`./locales/${language}/${namespace}.json`];
    if (file === undefined) return done(new Error(`no texts for ${language}/${namespace}`), null);
    file().then(
      (texts) => done(null, texts),
      (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause)), null),
    );
  },
};

/** Loads the texts that every page shows. Await it before the first render. */
export async function startI18n(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
    document.documentElement.dir = i18next.dir(language);
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: pickLanguage(deviceStorage, navigator.languages),
      fallbackLng: false,
      ns: ["common", "shell", "player"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Shows everything in another language from now on. */
export async function changeLanguage(language: Language): Promise<void> {
  deviceStorage.write("language", language);
  await i18next.changeLanguage(language);
}

/** Fetches the texts of a page beside its code, so that neither waits for the other. */
export async function loadTexts(namespaces: readonly string[]): Promise<void> {
  await i18next.loadNamespaces(namespaces);
}
