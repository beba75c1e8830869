// The engine in a real Chromium, measured by what really came out: joints, seeks, starts and pace, to the sample.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser, temporaryFolder } from "./lib/harness.mjs";
import { buildBench, difference, encode, find, floats, measured, frequency, residual, serveBench, signal, startLibrary, tones } from "./lib/engineBench.mjs";

const SECONDS = 12;
const CUT = 5.3; // seconds; the sample there is odd
const formats = { wav: 44100, flac: 44100, mp3: 44100, m4a: 44100, ogg: 44100, opus: 48000 };
const lossless = ["wav", "flac"];

let library, bench, browser, page, tone;
const originals = {};
const halves = {};
const wholes = {};

before(async () => {
  library = await startLibrary();
  const folder = temporaryFolder();
  const paths = [];
  for (const [format, rate] of Object.entries(formats)) {
    originals[rate] ??= signal(SECONDS, rate);
    const cut = Math.floor(CUT * rate) | 1;
    const add = (name, from, to) => paths.push(encode(folder, `${name}.${format}`, originals[rate], rate, from, to));
    add(`first-${format}`, 0, cut);
    add(`second-${format}`, cut);
    add(`whole-${format}`);
    halves[format] = { cut };
  }
  for (const hertz of [440, 442, 15_000, 18_000]) paths.push(encode(folder, `tone-${hertz}.wav`, tones(hertz, hertz === 440 ? 40 : 4, 44_100), 44_100));
  const songs = await measured(library.listener, paths);
  for (const format of Object.keys(formats)) {
    halves[format].songs = songs.splice(0, 2);
    wholes[format] = songs.shift();
  }
  tone = { 440: songs[0], 442: songs[1], 15_000: songs[2], 18_000: songs[3] };
  bench = await serveBench(await buildBench(), library.server, library.listener.cookie);
  browser = await startBrowser({}, ["--host-resolver-rules=MAP music.test 127.0.0.1"]);
});

after(async () => {
  await browser?.close();
  await bench?.stop();
  await library?.server.stop();
});

/** A fresh page with an engine at a rate of the audio clock. */
async function engineAt(rate, rung = "ring", url = bench.url) {
  await page?.close();
  page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  page.on("console", (line) => line.type() === "error" && console.error(line.text()));
  await page.goto(url);
  await page.evaluate(async ([rate, rung]) => (window.b = await window.start(rate, rung)), [rate, rung]);
}

/** Until the engine says so in the page. */
const until = (condition, arg) => page.waitForFunction(condition, arg, { polling: 50, timeout: 20_000 });
const log = () => page.evaluate(() => window.b.log);

function play(song, position, next) {
  return page.evaluate(
    ([song, position, next]) => {
      const { engine, trackOf } = window.b;
      engine.load(trackOf(song), { autoplay: true, position });
      if (next) engine.setNext(trackOf(next));
    },
    [song, position, next],
  );
}

/** Until the song sounds at a second or behind it, and the recorder has it. */
const sounds = (song, seconds) =>
  until(
    ([id, seconds]) => {
      const placed = window.b.engine.placement();
      if (placed?.track.id !== id) return false;
      const unrecorded = placed.contextTime - window.b.recording.end() / window.b.context.sampleRate;
      return placed.sample / placed.sampleRate - unrecorded * placed.rate >= seconds;
    },
    [song.id, seconds],
  );

/** The last seconds that came out, and where the engine says that a sample of the song lies in them. */
async function recorded(seconds) {
  const { frame, left, right, placed, rate } = await page.evaluate(
    (seconds) => ({ ...window.b.recording.read(seconds), placed: window.b.engine.placement(), rate: window.b.context.sampleRate }),
    seconds,
  );
  const offset = placed && placed.contextTime * rate - frame - placed.sample;
  const whole = Math.round(offset);
  return { frame, left: floats(left), right: floats(right), placed, offset: Math.abs(offset - whole) < 1e-6 ? whole : offset };
}

for (const [format, rate] of Object.entries(formats)) {
  test(`${format}: two halves join without a sample lost or added`, async () => {
    await engineAt(rate);
    const { cut, songs } = halves[format];
    await play(songs[0], cut / rate - 0.8, songs[1]);
    await sounds(songs[1], 0.6);
    const { left, right, offset } = await recorded(2);
    const [l, r] = originals[rate];
    const joined = offset - cut; // of the whole, while the second half counts from its own start
    const before = find(left, l, cut - 12_000, joined);
    const behind = find(left, l, cut + 12_000, joined);
    const worst = Math.max(difference(left, l, cut - 9000, cut + 9000, joined), difference(right, r, cut - 9000, cut + 9000, joined));
    assert.deepEqual([before.offset, behind.offset], [joined, joined]);
    assert.ok(before.likeness > 0.93 && behind.likeness > 0.93, `${before.likeness} before, ${behind.likeness} behind`);
    if (lossless.includes(format)) assert.equal(worst, 0);
    assert.deepEqual(await log(), ["loading", "playing", `advanced ${songs[1].id}`]);
  });

  test(`${format}: seeks land on the sample`, async () => {
    await engineAt(rate);
    const song = wholes[format];
    await play(song, 0);
    const [l] = originals[rate];
    const found = [];
    for (const to of [7.77, 0.05, 6.000011]) {
      await page.evaluate((to) => window.b.engine.seek(to), to);
      await sounds(song, to + 0.4);
      const { left, offset } = await recorded(1.5);
      const from = Math.round(to * rate) + 1200;
      const place = find(left, l, from, offset);
      found.push([place.offset - offset, place.likeness.toFixed(3), difference(left, l, from, from + 8000, offset)]);
    }
    assert.deepEqual(found.map(([lag]) => lag), [0, 0, 0]);
    if (lossless.includes(format)) assert.deepEqual(found.map(([, , worst]) => worst), [0, 0, 0]);
  });
}

for (const [format, rate] of Object.entries(formats)) {
  // Of the first half of the AAC file Chromium's whole decoding was measured one sample late; why is not known.
  const most = format === "m4a" ? 1 : 0;
  test(`${format}: whole tracks behind each other join with at most ${most} samples lost or added`, async () => {
    await engineAt(rate, "buffer");
    const { cut, songs } = halves[format];
    await play(songs[0], cut / rate - 1.2, songs[1]);
    await sounds(songs[1], 0.6);
    const { left, offset } = await recorded(2);
    const [l] = originals[rate];
    const [before, behind] = [cut - 12_000, cut + 12_000].map((from) => find(left, l, from, offset - cut));
    const joined = before.offset;
    const worst = difference(left, l, cut - 9000, cut + 9000, joined);
    assert.ok(Math.abs(behind.offset - joined) <= most, `${behind.offset - joined} samples`);
    assert.ok(Math.abs(joined - (offset - cut)) <= most, `the engine says ${offset - cut}`);
    if (lossless.includes(format)) assert.ok(worst < 2e-5, `${worst}`);
  });
}

test("a page over plain http plays all the same", async () => {
  const address = new URL(bench.url);
  address.hostname = "music.test";
  await engineAt(44_100, "buffer", address.href);
  await play(wholes.mp3, 1);
  await until(() => window.b.engine.position().seconds > 1.5 && window.b.engine.state().kind === "playing");
  assert.deepEqual(await page.evaluate(() => [window.isSecureContext, window.b.engine.about()]), [
    false,
    { rung: "buffer", codec: null, exactJoints: true, speed: true, pitch: false, why: "insecure" },
  ]);
});

test("what is loaded starts at the very frame that was ordered", async () => {
  await engineAt(44100);
  const frame = await page.evaluate(async (song) => {
    const { engine, trackOf, context } = window.b;
    engine.load(trackOf(song), { autoplay: false, position: 2 });
    while (engine.state().kind !== "ready") await new Promise((done) => engine.on("state", done));
    const at = Math.round((context.currentTime + 0.4) * context.sampleRate) + 77;
    engine.startAt(at / context.sampleRate);
    return at;
  }, wholes.flac);
  await sounds(wholes.flac, 2.5);
  const { frame: first, left, offset } = await recorded(3);
  assert.equal(offset + first, frame - 2 * 44100);
  assert.equal(difference(left, originals[44100][0], 2 * 44100 + 600, 2.4 * 44100, offset), 0);
  assert.ok(left.subarray(0, frame - first).every((sample) => sample === 0), "something sounded before");
});

test("a nudge changes the pace by what was ordered, and the place stays known", async () => {
  await engineAt(44100);
  await play(wholes.flac, 1);
  await sounds(wholes.flac, 1.3);
  await page.evaluate(() => window.b.engine.nudge(1.004));
  await sounds(wholes.flac, 4.5);
  const { left, frame, placed } = await recorded(3);
  const [l] = originals[44100];
  // Where two stretches of the original lie, to a fraction of a sample by where the likeness is greatest.
  const [early, late] = [2.2, 4.1].map((seconds) => {
    const from = Math.round(seconds * 44100);
    const expected = placed.contextTime * 44100 - frame - (placed.sample - from) / 1.004 - from;
    return { from, at: from + find(left, l, from - 64, expected, { slack: 40, length: 128 }).offset, expected: expected + from };
  });
  const pace = (late.from - early.from) / (late.at - early.at);
  assert.ok(Math.abs(pace - 1.004) < 1e-4, `${pace}`);
  assert.ok(Math.abs(late.at - late.expected) <= 1);
});

for (const hertz of [442, 15_000, 18_000]) {
  test(`a tone of ${hertz} Hz stays clean from 44.1 to 48 kHz`, async () => {
    await engineAt(48_000);
    await play(tone[hertz], 0);
    await sounds(tone[hertz], 1.5);
    const { left } = await recorded(1);
    const clean = -residual(left, hertz, 48_000);
    assert.ok(clean > 80, `${clean} dB`);
  });
}

test("the pitch moves by what was ordered, and the song does not", async () => {
  const song = tone[440];
  await engineAt(48_000);
  await play(song, 0);
  await sounds(song, 0.5);
  const heard = [];
  for (const [speed, pitch] of [[1, 3], [1.25, 0], [0.8, -5], [1, 0]]) {
    const jump = await page.evaluate(async ([speed, pitch]) => {
      const { engine, context } = window.b;
      const before = engine.placement();
      engine.setVibe({ speed, pitch });
      await new Promise((done) => setTimeout(done, 1500));
      const [after, rest] = [engine.placement(), engine.about()];
      const passed = (after.contextTime - before.contextTime) * speed - (after.sample - before.sample) / 44_100;
      return { late: passed, about: rest };
    }, [speed, pitch]);
    const { left, right } = await recorded(0.7);
    const hertz = frequency(left, 48_000);
    heard.push({ speed, pitch, cents: 1200 * Math.log2(hertz / 440) - 100 * pitch, late: jump.late, loud: Math.max(...left), right: right.length });
  }
  for (const { cents, late, loud } of heard) {
    assert.ok(Math.abs(cents) < 10, `${cents} cents off`);
    assert.ok(Math.abs(late) < 0.03, `${late} s off`);
    assert.ok(loud > 0.35 && loud < 0.45, `a level of ${loud} instead of 0.4`);
  }
  assert.deepEqual(await page.evaluate(() => [window.b.underruns(), window.b.engine.about().pitch]), [0, true]);
});

test("a page that is kept busy costs no sample", async () => {
  const seconds = Number(process.env.ENGINE_BUSY_SECONDS ?? 20);
  await engineAt(44100);
  const [first, second] = halves.flac.songs;
  await play(first, 0, second);
  await sounds(first, 0.5);
  const blocked = await page.evaluate(async ([seconds, tracks]) => {
    const { engine, trackOf, context } = window.b;
    const end = context.currentTime + seconds;
    let turn = 0;
    engine.on("advanced", () => engine.setNext(trackOf(tracks[turn++ % 2])));
    while (context.currentTime < end) {
      window.block(1500);
      await new Promise((done) => setTimeout(done, 50));
    }
    return { underruns: window.b.underruns(), log: window.b.log, turn };
  }, [seconds, [first, second]]);
  assert.equal(blocked.underruns, 0);
  assert.ok(blocked.turn >= 2, "no joint came");
});
