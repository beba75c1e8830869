// Ten songs of a library folder are re-tagged together. They are found by the new tags after a rescan in which
// one of their files changed, and the way back brings the old tags.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { makeSong, startBrowser, startServer, temporaryFolder } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";

const music = temporaryFolder();
const file = (n) => join(music, "album", `${n}.flac`);
const make = (n, tags = {}) =>
  makeSong(join(music, "album"), {
    name: `${n}.flac`,
    tone: 200 + 20 * n,
    seconds: 2,
    cover: "0x2a5674",
    tags: { title: `Tide ${n}`, artist: "Ines Aldabra", album: "Low Watermarks", track: String(n), date: "2020", genre: "Other", ...tags },
  });
for (let n = 1; n <= 10; n++) make(n);
makeSong(join(music, "else"), { name: "1.mp3", seconds: 2, tags: { title: "Elsewhere", artist: "水無月ユキ", album: "夜の回線", genre: "City pop" } });
const picture = join(temporaryFolder(), "cover.png");
makeCover(picture);

const server = await startServer({ env: { MUSIC_DIRS: music } });
const listener = await new Listener(server.url).signUp("admin");
const browser = await startBrowser();
await browser.addCookies([listener.browserCookie()]);
const page = await browser.newPage();
const problems = [];
page.on("pageerror", (error) => problems.push(String(error)));
page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
after(async () => {
  await browser.close();
  await server.stop();
});

function makeCover(path) {
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "color=c=0x2f9e44:s=500x500:d=1", "-frames:v", "1", path]);
}

/** Scans and waits for the end of it. */
async function scan() {
  await listener.ask("POST", "/library/scan").catch((error) => assert.match(String(error), /scan_running/));
  const end = Date.now() + 30_000;
  while ((await listener.ask("GET", "/library/scan")).running) {
    assert.ok(Date.now() < end, "the scan does not end");
    await page.waitForTimeout(100);
  }
}

const found = async (words) => (await listener.ask("GET", `/songs?limit=50&search=${encodeURIComponent(words)}`)).songs;
const tides = async () => (await listener.ask("GET", "/songs?limit=50&search=tide")).songs;
const albumOf = async () => (await tides())[0].albumId;

test("ten songs get another artist, album, genre and cover at once", async () => {
  await scan();
  const before = await tides();
  assert.equal(before.length, 10);
  await page.goto(`${server.url}/albums/${before[0].albumId}`);
  await page.getByRole("button", { name: "More for Low Watermarks" }).click();
  await page.getByRole("menuitem", { name: "Edit all songs" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit 10 songs" });
  await dialog.waitFor();
  assert.equal(await dialog.getByLabel("Title", { exact: true }).getAttribute("placeholder"), "Several values");

  await dialog.getByRole("button", { name: "Remove Ines Aldabra" }).first().click();
  await dialog.getByRole("combobox", { name: "Artists", exact: true }).fill("Ines Moravec");
  await page.keyboard.press("Enter");
  await dialog.getByLabel("Album", { exact: true }).fill("Low Water Marks");
  await dialog.getByRole("button", { name: "Remove Other" }).click();
  await dialog.getByRole("combobox", { name: "Genres" }).fill("city");
  await dialog.getByRole("option", { name: "City pop" }).click();
  await dialog.locator("input[type=file]").setInputFiles(picture);
  await dialog.getByRole("img", { name: "New cover" }).waitFor();
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("10 songs changed.").waitFor();
  await page.getByRole("heading", { level: 1, name: "Low Water Marks" }).waitFor(); // the same page: the album moved along
});

test("a rescan changes what nobody edited, and leaves the rest", async () => {
  make(3, { title: "Tide Three", date: "2024", artist: "Ines Aldabra" });
  const later = new Date(Date.now() + 5000);
  utimesSync(file(3), later, later);
  await scan();
  const songs = await tides();
  assert.equal(songs.length, 10);
  for (const song of songs) {
    assert.equal(song.artist, "Ines Moravec");
    assert.equal(song.album, "Low Water Marks");
    assert.deepEqual(song.genres, ["City pop"]);
  }
  const changed = songs.find((song) => song.track === 3);
  assert.equal(changed.title, "Tide Three");
  assert.equal(changed.year, 2024);
  const covers = new Set(songs.map((song) => song.coverUrl.split("v=")[1]));
  assert.equal(covers.size, 1);
  const cover = await fetch(`${server.url}${songs[0].coverUrl}`, { headers: { cookie: listener.cookie } });
  assert.deepEqual(Buffer.from(await cover.arrayBuffer()), readFileSync(picture));
});

test("they are found by what they are called now", async () => {
  await page.goto(`${server.url}/songs`);
  await page.getByRole("searchbox").or(page.getByRole("combobox")).first().fill("moravec low water");
  await page.getByRole("main").getByText("Tide Three").first().waitFor();
  assert.equal((await found("moravec low water")).length, 10);
  assert.equal((await found("aldabra")).length, 0);
  assert.equal((await listener.ask("GET", `/albums/${await albumOf()}`)).songs.length, 10);
});

test("the list of edits leads back to the files' own values", async () => {
  await page.goto(`${server.url}/edits`);
  for (let left = 2; left > 0; left--) {
    await page.getByRole("button", { name: "Undo" }).first().click();
    await page.getByText("Taken back").nth(2 - left).waitFor();
  }
  for (const song of await tides()) {
    assert.equal(song.artist, "Ines Aldabra");
    assert.equal(song.album, "Low Watermarks");
    assert.deepEqual(song.genres, ["Other"]);
  }
  assert.equal((await found("moravec low water")).length, 0);
});

test("nothing went wrong in the page", () => assert.deepEqual(problems, []));
