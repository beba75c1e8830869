import { expect, test } from "vitest";

type Texts = { [key: string]: string | Texts };

const files = import.meta.glob<Texts>("./locales/*/*.json", { import: "default", eager: true });
const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const code = Object.values(sources).join("\n");

function flat(texts: Texts, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

const namespaces = Object.keys(files)
  .filter((path) => path.includes("/en/"))
  .map((path) => path.replace(/^.*\/|\.json$/g, ""));
const texts = (language: string, namespace: string) =>
  flat(files[`./locales/${language}/${namespace}.json`] ?? {});
const places = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort();

test("German has every file that English has, and no other", () => {
  const german = Object.keys(files).filter((path) => path.includes("/de/"));
  expect(german.map((path) => path.replace("/de/", "/en/")).sort()).toEqual(
    Object.keys(files)
      .filter((path) => path.includes("/en/"))
      .sort(),
  );
});

test.each(namespaces)("%s says the same in both languages", (namespace) => {
  const english = texts("en", namespace);
  const german = texts("de", namespace);
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, text] of english) {
    expect(text.trim(), key).not.toBe("");
    expect(german.get(key)?.trim(), key).not.toBe("");
    expect(places(german.get(key) ?? ""), key).toEqual(places(text));
  }
});

test.each(namespaces)("every text of %s is used", (namespace) => {
  const unused = [...texts("en", namespace).keys()]
    .map((key) => key.replace(/_(zero|one|two|few|many|other)$/, ""))
    .filter((key) => {
      // A key is written out, or its last part is filled in: t(`account.${value}`).
      const parent = key.slice(0, key.lastIndexOf(".") + 1);
      const written = code.includes(`"${key}"`) || code.includes(`"${namespace}:${key}"`);
      return !written && (parent === "" || !code.includes(`\`${parent}\${`));
    });
  expect(unused).toEqual([]);
});
