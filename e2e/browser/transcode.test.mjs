// Songs that come converted, in a real browser: what it cannot read, what the listener wants small, and seeking in both.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeSong, startBrowser, startServer, temporaryFolder } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";

const LONG = 900; // seconds: the server is still converting it when somebody seeks far into it

let server, browser, page, streams;

before(async () => {
  server = await startServer();
  const listener = await new Listener(server.url).signUp();
  const folder = temporaryFolder();
  await listener.upload(makeSong(folder, { name: "long.flac", seconds: LONG, tags: { title: "The Long Way" } }));
  const apple = join(folder, "apple.m4a");
  const tone = ["-f", "lavfi", "-i", "sine=frequency=330:duration=60:sample_rate=44100"];
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...tone, "-c:a", "alac", "-metadata", "title=Lossless Apple", apple]);
  await listener.upload(apple);
  browser = await startBrowser();
  await browser.addCookies([listener.browserCookie()]);
  page = await browser.newPage();
  page.on("request", (request) => {
    const address = new URL(request.url());
    if (address.pathname.endsWith("/stream")) streams.push(address.searchParams);
  });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const position = () => page.getByRole("slider", { name: "Position" });
const heard = async () => Number(await position().getAttribute("aria-valuenow"));

async function reaches(seconds) {
  const end = Date.now() + 20_000;
  while ((await heard()) < seconds) assert.ok(Date.now() < end, `the sound stands at ${await heard()} s, not ${seconds}`);
}

async function play(title) {
  streams = [];
  await page.goto(server.url + "/songs");
  await page.getByText(title).first().dblclick();
  await page.waitForFunction((wanted) => navigator.mediaSession.metadata?.title === wanted, title);
}

/** Presses the ruler at a share of the song's length. */
async function seekTo(share) {
  const box = await position().boundingBox();
  await page.mouse.click(box.x + box.width * share, box.y + box.height / 2);
}

test("the file itself plays where the browser can read it", async () => {
  await play("The Long Way");
  await reaches(1);
  assert.equal(streams[0].get("format"), null);
});

test("a song that no browser here reads comes converted by itself", async () => {
  await play("Lossless Apple");
  await reaches(1);
  assert.equal(streams[0].get("format"), "opus");
});

test("with little data wanted songs come small, and show their whole length at once", async () => {
  await page.goto(server.url + "/profile");
  await page.getByRole("radio", { name: "Data saver" }).check();
  await play("The Long Way");
  await reaches(1);
  assert.deepEqual([streams[0].get("format"), streams[0].get("bitRate")], ["opus", "64"]);
  assert.equal(Number(await position().getAttribute("aria-valuemax")), LONG);
});

test("a song that is still being converted is sought in, and goes on from there", async () => {
  await seekTo(0.9);
  await reaches(0.89 * LONG);
  const from = await heard();
  assert.ok(from < 0.92 * LONG, `it stands at ${from} s`);
  await reaches(from + 2);
  assert.ok((await heard()) < from + 30, "it jumped");
});

test("back to the beginning and on", async () => {
  await seekTo(0.1);
  const end = Date.now() + 20_000;
  while ((await heard()) > 0.2 * LONG) assert.ok(Date.now() < end, "it stays where it was");
  await reaches(0.1 * LONG + 2);
});
