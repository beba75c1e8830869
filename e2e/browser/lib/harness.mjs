// What every browser journey needs: the real binary on a free port with an empty data folder, a real
// Chromium with a fresh profile, and real music made by ffmpeg.
import { spawn, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
// The browser driver is a development dependency of the client; there is one package.json.
export const require = createRequire(join(root, "web/package.json"));
const { chromium } = require("playwright-core");

const chromiumFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];

/** Temporary folders made by this process; they go with it. */
const folders = [];
process.on("exit", () => folders.forEach((f) => rmSync(f, { recursive: true, force: true })));

export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "hathor-e2e-"));
  folders.push(folder);
  return folder;
}

/**
 * Starts bin/hathor on a free port of loopback. Answers its address and how to stop it; stop waits for a
 * graceful end and throws when the exit status is not 0.
 */
export async function startServer({ dataDir = temporaryFolder(), env = {} } = {}) {
  const child = spawn(process.env.HATHOR_BIN ?? join(root, "bin/hathor"), ["serve"], {
    env: { PATH: process.env.PATH, HOME: dataDir, HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDir, LOG_FORMAT: "json", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = [];
  const url = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      log.push(chunk.toString());
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(log.join(""));
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}:\n${log.join("")}`)));
  });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  return {
    url,
    dataDir,
    log: () => log.join(""),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    stop: async () => {
      child.kill("SIGTERM");
      const code = await ended;
      if (code !== 0) throw new Error(`the server ended with ${code}:\n${log.join("")}`);
    },
  };
}

export function chromiumPath() {
  const path = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find((p) => p && existsSync(p));
  if (!path) throw new Error("Chromium is not installed (Debian: apt-get install chromium)");
  return path;
}

/** A browser with a profile of its own. Extra flags go behind the usual ones. */
export async function startBrowser(options = {}, extraFlags = []) {
  return chromium.launchPersistentContext(temporaryFolder(), {
    executablePath: chromiumPath(),
    headless: true,
    args: [...chromiumFlags, ...extraFlags],
    viewport: { width: 1440, height: 940 },
    colorScheme: "dark",
    locale: "en-GB",
    ...options,
  });
}

const encoders = { mp3: "libmp3lame", flac: "flac", opus: "libopus", ogg: "libvorbis", m4a: "aac", wav: "pcm_s16le" };

/**
 * Makes one real audio file with ffmpeg: a tone, tags and, where the container takes one, a cover.
 * tags are ffmpeg's names (title, artist, album, album_artist, track, date, genre).
 */
export function makeSong(folder, { name, tags = {}, seconds = 4, tone = 440, cover }) {
  mkdirSync(folder, { recursive: true });
  const format = name.split(".").pop();
  const path = join(folder, name);
  const input = ["-f", "lavfi", "-i", `sine=frequency=${tone}:duration=${seconds}:sample_rate=44100`];
  const picture = cover && (format === "mp3" || format === "flac" || format === "m4a");
  const metadata = Object.entries(tags).flatMap(([key, value]) => ["-metadata", `${key}=${value}`]);
  execFileSync("ffmpeg", [
    ...["-nostdin", "-v", "error", "-y"],
    ...input,
    ...(picture ? ["-f", "lavfi", "-i", `color=c=${cover}:s=600x600:d=1`, "-map", "0:a", "-map", "1:v", "-frames:v", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic"] : []),
    ...["-ac", "2", "-c:a", encoders[format]],
    ...metadata,
    path,
  ]);
  return path;
}
