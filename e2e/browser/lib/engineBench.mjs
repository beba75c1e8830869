// The engine alone in a real Chromium: a page built for it, served from loopback beside the API of the real server,
// signals whose every sample is known, and how to find them again in what came out.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { require, startServer, temporaryFolder } from "./harness.mjs";
import { Listener } from "./listener.mjs";

const web = fileURLToPath(new URL("../../../web/", import.meta.url));
const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };

/** Builds the page; answers its folder. */
export async function buildBench() {
  const { build } = await import(pathToFileURL(require.resolve("vite")).href);
  const outDir = temporaryFolder();
  await build({
    configFile: false,
    root: join(web, "fixtures/engine"),
    logLevel: "warn",
    resolve: { alias: { "@": join(web, "src") } },
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  return outDir;
}

/**
 * Serves the page and passes /api on to the real server, signed in as the listener. fault may answer a request
 * itself: it is called with (request, response, pass) and returns true when it did.
 */
export async function serveBench(folder, server, cookie) {
  const policy = (await fetch(server.url)).headers.get("content-security-policy");
  const bench = { fault: null, requests: [] };
  const pass = (incoming, outgoing, change = (answer) => answer) => {
    const target = new URL(incoming.url, server.url);
    const headers = { ...incoming.headers, host: target.host, ...(target.searchParams.has("signature") ? {} : { cookie }) };
    const asked = request(target, { method: incoming.method, headers }, (answer) => {
      const changed = change(answer, outgoing);
      if (changed === null) return;
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    asked.on("error", () => outgoing.destroy());
    outgoing.on("close", () => asked.destroy());
    incoming.pipe(asked);
  };
  const http = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url, server.url);
    if (pathname.startsWith("/api/")) {
      bench.requests.push({ path: incoming.url, range: incoming.headers.range });
      if (!bench.fault?.(incoming, outgoing, pass)) pass(incoming, outgoing);
      return;
    }
    const name = pathname === "/" ? "/index.html" : pathname;
    try {
      const body = readFileSync(join(folder, name));
      outgoing.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream", "content-security-policy": policy });
      outgoing.end(body);
    } catch {
      outgoing.writeHead(404).end();
    }
  });
  await new Promise((done) => http.listen(0, "127.0.0.1", done));
  bench.url = `http://127.0.0.1:${http.address().port}/`;
  bench.stop = () => {
    http.closeAllConnections();
    return new Promise((done) => http.close(done));
  };
  return bench;
}

/** A server of its own with a listener signed in. */
export async function startLibrary() {
  const server = await startServer();
  const listener = await new Listener(server.url).signUp();
  return { server, listener };
}

/** Noise without much treble and a tone, in stereo, 16 bits: no two places are alike, and codecs keep it well. */
export function signal(seconds, rate, seed = 1) {
  const length = Math.round(seconds * rate);
  return [seed, seed + 77].map((own) => {
    const out = new Float32Array(length);
    let [state, low] = [own * 2654435761 >>> 0, 0];
    for (let at = 0; at < length; at += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state = (state ^ (state << 5)) >>> 0;
      low += (state / 2 ** 31 - 1 - low) * 0.25;
      out[at] = Math.round((0.35 * low + 0.1 * Math.sin((2 * Math.PI * 441 * at) / rate)) * 32767) / 32768;
    }
    return out;
  });
}

/** Writes samples from one to before another as a WAV file of 16 bits. */
export function writeWav(path, [left, right], rate, from = 0, to = left.length) {
  const data = Buffer.alloc((to - from) * 4);
  for (let at = from; at < to; at += 1) {
    data.writeInt16LE(Math.round(left[at] * 32768), (at - from) * 4);
    data.writeInt16LE(Math.round(right[at] * 32768), (at - from) * 4 + 2);
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 4, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  writeFileSync(path, Buffer.concat([head, data]));
  return path;
}

const codecs = {
  wav: ["-c:a", "pcm_s16le"],
  flac: ["-c:a", "flac"],
  mp3: ["-c:a", "libmp3lame", "-b:a", "192k"],
  m4a: ["-c:a", "aac", "-b:a", "192k"],
  ogg: ["-c:a", "libvorbis", "-q:a", "6"],
  opus: ["-c:a", "libopus", "-b:a", "160k"],
};

/** Encodes samples; answers the file's path. */
export function encode(folder, name, samples, rate, from = 0, to = samples[0].length) {
  mkdirSync(folder, { recursive: true });
  const plain = writeWav(join(folder, `${name}.plain.wav`), samples, rate, from, to);
  const format = extname(name).slice(1);
  const path = join(folder, name);
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", plain, ...codecs[format], "-metadata", `title=${name}`, path]);
  return path;
}

/** Uploads files and waits until the server has measured them all. */
export async function measured(listener, paths) {
  const songs = [];
  for (const path of paths) songs.push({ ...(await listener.upload(path)), path });
  const all = [];
  for (const { id, path } of songs) {
    const sound = await soundOf(listener, id);
    all.push({ id, format: extname(path).slice(1), duration: sound.totalSamples / sound.sampleRate, sound });
  }
  return all;
}

async function soundOf(listener, id) {
  for (const end = Date.now() + 30_000; ; ) {
    const sound = await listener.ask("GET", `/songs/${id}/sound`);
    if (sound.measured) return sound;
    if (Date.now() > end) throw new Error(`song ${id} is not measured`);
    await new Promise((done) => setTimeout(done, 150)); // asking counts against the rate limit
  }
}

export function floats(text) {
  const bytes = Buffer.from(text, "base64");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** How alike two stretches are, 1 for the same up to loudness. */
function likeness(a, at, b, from, length) {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < length; i += 1) {
    const [x, y] = [a[at + i], b[from + i]];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/**
 * Where the original's samples behind a place lie in the recording: the offset to add, of those within the slack of
 * the expected one the best, with how alike they are.
 */
export function find(recorded, original, from, expected, { slack = 300, length = 4096 } = {}) {
  let best = { offset: Number.NaN, likeness: -1 };
  for (let offset = Math.round(expected) - slack; offset <= expected + slack; offset += 1) {
    if (from + offset < 0 || from + offset + length > recorded.length) continue;
    const value = likeness(original, from, recorded, from + offset, length);
    if (value > best.likeness) best = { offset, likeness: value };
  }
  return best;
}

/** The largest difference between the recording and the original moved by the offset. */
export function difference(recorded, original, from, to, offset) {
  let worst = 0;
  for (let at = from; at < to; at += 1) worst = Math.max(worst, Math.abs(recorded[at + offset] - original[at]));
  return worst;
}

/** A tone at 0.4 of full scale on both sides. */
export function tones(hertz, seconds, rate) {
  const out = Float32Array.from({ length: seconds * rate }, (_, at) => 0.4 * Math.sin((2 * Math.PI * hertz * at) / rate));
  return [out, out];
}

/** The sine and cosine parts of a tone in samples, by least squares over many periods. */
function fit(samples, hertz, rate) {
  let [ss, cc, sc, ys, yc] = [0, 0, 0, 0, 0];
  samples.forEach((y, at) => {
    const [s, c] = [Math.sin((2 * Math.PI * hertz * at) / rate), Math.cos((2 * Math.PI * hertz * at) / rate)];
    ss += s * s;
    cc += c * c;
    sc += s * c;
    ys += y * s;
    yc += y * c;
  });
  const det = ss * cc - sc * sc;
  return { sine: (ys * cc - yc * sc) / det, cosine: (yc * ss - ys * sc) / det };
}

/** What is no tone of so many hertz in samples: the worst one, in dB of the tone. */
export function residual(samples, hertz, rate) {
  const { sine, cosine } = fit(samples, hertz, rate);
  let worst = 0;
  samples.forEach((y, at) => {
    const angle = (2 * Math.PI * hertz * at) / rate;
    worst = Math.max(worst, Math.abs(y - sine * Math.sin(angle) - cosine * Math.cos(angle)));
  });
  return 20 * Math.log10(worst / Math.hypot(sine, cosine));
}

/** The frequency of a plain tone, by the times at which it rises through zero. */
export function frequency(samples, rate) {
  const rises = [];
  for (let at = 1; at < samples.length; at += 1) {
    const [before, now] = [samples[at - 1], samples[at]];
    if (before < 0 && now >= 0) rises.push(at - now / (now - before));
  }
  return ((rises.length - 1) * rate) / (rises.at(-1) - rises[0]);
}
