// Adds up what the first page needs, compressed, and fails when it is more than the budget. The first page is the
// home page of somebody who is signed in; the sign-in page needs less.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 170;
const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");

const read = (file) => readFileSync(join(dist, file));
const packed = (file) => gzipSync(read(file), { level: 9 }).length;
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(7);

const manifest = JSON.parse(read("assets/manifest.json").toString());
const html = read("index.html").toString();

const PAGE = "src/features/home/HomePage.tsx";
const TEXTS = ["common", "shell", "player", "home", "rows"];

/** The entry and the page with everything they import at once, plus the texts they wait for before they draw. */
function firstLoad() {
  const files = new Set(["index.html"]);
  const visit = (key) => {
    const chunk = manifest[key];
    if (chunk === undefined || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const sheet of chunk.css ?? []) files.add(sheet);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of Object.keys(manifest)) if (manifest[key].isEntry) visit(key);
  for (const key of [PAGE, ...TEXTS.map((name) => `src/i18n/locales/en/${name}.json`)]) {
    if (manifest[key] === undefined) throw new Error(`${key} is not in the build's manifest`);
    visit(key);
  }
  for (const [, path] of html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\/([^"]+)"/g)) {
    if (!/\.(woff2|svg)$/.test(path)) files.add(path);
  }
  return [...files];
}

const files = firstLoad().map((file) => ({ file, bytes: packed(file) }));
const fonts = [...html.matchAll(/href="\/([^"]+\.woff2)"/g)].map(([, file]) => ({
  file,
  bytes: read(file).length,
}));
const total = files.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { file, bytes } of files.sort((a, b) => b.bytes - a.bytes))
  console.log(`${kilobytes(bytes)} kB  ${file}`);
for (const { file, bytes } of fonts) console.log(`${kilobytes(bytes)} kB  ${file} (font, counted apart)`);
console.log(`${kilobytes(total)} kB  first load of ${BUDGET_KB} kB`);
if (total > BUDGET_KB * 1000) {
  console.error("The first load is over its budget: load something later, or leave it out.");
  process.exit(1);
}
