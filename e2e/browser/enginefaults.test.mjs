// What goes wrong while a song plays, in a real Chromium: the engine says so, or goes on.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser, temporaryFolder } from "./lib/harness.mjs";
import { buildBench, encode, measured, serveBench, signal, startLibrary } from "./lib/engineBench.mjs";

let library, bench, browser, page, long, cut, damaged;

before(async () => {
  library = await startLibrary();
  const folder = temporaryFolder();
  const short = encode(folder, "short.mp3", signal(6, 44_100, 3), 44_100);
  const bytes = readFileSync(short);
  const write = (name, change) => {
    const copy = Buffer.from(bytes);
    writeFileSync(join(folder, name), change(copy));
    return join(folder, name);
  };
  const paths = [
    encode(folder, "long.wav", signal(40, 44_100, 2), 44_100),
    write("cut.mp3", (copy) => copy.subarray(0, copy.length * 0.6)),
    write("damaged.mp3", (copy) => copy.fill(0x5a, copy.length >> 1, (copy.length >> 1) + 3000)),
  ];
  [long, cut, damaged] = await measured(library.listener, paths);
  bench = await serveBench(await buildBench(), library.server, library.listener.cookie);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await bench?.stop();
  await library?.server.stop();
});

async function play(song, position = 0) {
  await page?.close();
  page = await browser.newPage();
  await page.goto(bench.url);
  await page.evaluate(
    async ([song, position]) => {
      window.b = await window.start(44_100);
      window.b.engine.load(window.b.trackOf(song), { autoplay: true, position });
    },
    [song, position],
  );
}

const log = () => page.evaluate(() => window.b.log);
const until = (condition, arg) => page.waitForFunction(condition, arg, { polling: 50, timeout: 20_000 });
const reaches = (seconds) => until((seconds) => window.b.engine.position().seconds >= seconds, seconds);
const says = (line) => until((line) => window.b.log.includes(line), line);
const ofSound = (request) => request.url.includes("/stream?");

test("an address that runs out is asked for again, and nobody hears it", async () => {
  let asked = 0;
  bench.fault = (request, response) => {
    if (!ofSound(request)) return false;
    asked += 1;
    if (asked !== 3) return false;
    response.writeHead(401).end();
    return true;
  };
  await play(long);
  await reaches(7);
  assert.deepEqual(await log(), ["loading", "playing"]);
  assert.ok(asked > 4);
  assert.equal(bench.requests.filter(({ path }) => path.includes("/stream-url")).length, 2);
});

test("a song that vanishes plays as far as it came, and then says so", async () => {
  let asked = 0;
  bench.fault = (request, response) => {
    if (!ofSound(request)) return false;
    asked += 1;
    if (asked <= 3) return false;
    response.writeHead(404).end();
    return true;
  };
  await play(long);
  await says("error unavailable");
  const { seconds } = await page.evaluate(() => window.b.engine.position());
  assert.ok(seconds > 2 && seconds < 4, `${seconds} s`); // 64 + 128 + 256 kB came
  bench.fault = null;
  await page.evaluate(() => window.b.engine.play());
  await reaches(seconds + 0.5);
});

test("an answer that is cut off is asked for again", async () => {
  let asked = 0;
  bench.fault = (request, response, pass) => {
    if (!ofSound(request)) return false;
    asked += 1;
    if (asked !== 2) return false;
    pass(request, response, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.once("data", (chunk) => response.write(chunk.subarray(0, 1000), () => response.destroy()));
      return null;
    });
    return true;
  };
  await play(long);
  await reaches(3);
  assert.ok(asked > 3 && !(await log()).some((line) => line.startsWith("error")), `${await log()}`);
  bench.fault = null;
});

test("a file that was cut short plays to where it ends", async () => {
  await play(cut);
  await says(`ended ${cut.id}`);
  assert.deepEqual(await log(), ["loading", "playing", "paused", `ended ${cut.id}`]);
});

test("a file that is damaged in its middle plays on behind that", async () => {
  await play(damaged, 1);
  await says(`ended ${damaged.id}`);
  assert.ok(!(await log()).some((line) => line.startsWith("error")), `${await log()}`);
});

test("a clock that the browser stops is told, and sound comes back with it", async () => {
  await play(long);
  await reaches(1);
  await page.evaluate(() => window.b.context.suspend());
  await says("blocked");
  await page.evaluate(() => window.b.context.resume());
  const before = await page.evaluate(() => window.b.engine.position().seconds);
  await reaches(before + 0.5);
  assert.deepEqual((await log()).slice(0, 3), ["loading", "playing", "blocked"]);
});
