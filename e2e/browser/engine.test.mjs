// The engine in a real Chromium, measured by what really came out: joints, seeks, starts and pace, to the sample.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, temporaryFolder } from "./lib/harness.mjs";
import { buildBench, difference, encode, find, floats, measured, serveBench, signal, startLibrary } from "./lib/engineBench.mjs";

const SECONDS = 12;
const CUT = 5.3; // seconds; the sample there is odd
const formats = { wav: 44100, flac: 44100, mp3: 44100, m4a: 44100, ogg: 44100, opus: 48000 };
const lossless = ["wav", "flac"];

let library, bench, browser, page;
const originals = {};
const halves = {};
const wholes = {};

before(async () => {
  library = await startLibrary();
  const folder = temporaryFolder();
  for (const [format, rate] of Object.entries(formats)) {
    originals[rate] ??= signal(SECONDS, rate);
    const cut = Math.floor(CUT * rate) | 1;
    const add = async (name, from, to) => measured(library.listener, encode(folder, `${name}.${format}`, originals[rate], rate, from, to));
    halves[format] = { cut, songs: [await add(`first-${format}`, 0, cut), await add(`second-${format}`, cut)] };
    wholes[format] = await add(`whole-${format}`);
  }
  bench = await serveBench(await buildBench(), library.server, library.listener.cookie);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await bench?.stop();
  await library?.server.stop();
});

/** A fresh page with an engine at a rate of the audio clock. */
async function engineAt(rate) {
  await page?.close();
  page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  page.on("console", (line) => line.type() === "error" && console.error(line.text()));
  await page.goto(bench.url);
  await page.evaluate(async (rate) => (window.b = await window.start(rate)), rate);
}

/** Until the engine says so in the page. */
const until = (condition, arg) => page.waitForFunction(condition, arg, { polling: 50, timeout: 20_000 });
const reaches = (seconds) => until((seconds) => window.b.engine.position().seconds >= seconds, seconds);

async function recorded() {
  const { frame, left, right } = await page.evaluate(() => window.b.recording.read());
  return { frame, left: floats(left), right: floats(right) };
}

/** Where the original lies in what came out, looked for once, then checked nearby. */
function placeOf(samples, original, near, slack = 3000) {
  return find(samples, original, near.at, { low: near.offset - slack, high: near.offset + slack });
}

for (const [format, rate] of Object.entries(formats)) {
  test(`${format}: two halves join without a sample lost or added`, async () => {
    await engineAt(rate);
    const { cut, songs } = halves[format];
    await page.evaluate(([first, second]) => {
      const { engine, trackOf } = window.b;
      engine.load(trackOf(first), { autoplay: true, position: 4 });
      engine.setNext(trackOf(second));
    }, songs);
    await until(() => window.b.log.some((line) => line.startsWith("advanced")) && window.b.engine.position().seconds > 1);
    const { left, right } = await recorded();
    const original = originals[rate];
    const before = find(left, original[0], cut - 12_000);
    const behind = placeOf(left, original[0], { at: cut + 12_000, offset: before.offset });
    const worst = difference(left, original[0], cut - 9000, cut + 9000, before.offset);
    console.log(format, before, behind, "worst", worst, await page.evaluate(() => [window.b.log, window.b.underruns()]));
    assert.equal(behind.offset, before.offset);
  });
}
