// The main job in a real browser: sign up, drop music on it, see covers, search, play, next, reload.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeSong, startBrowser, startServer, temporaryFolder } from "./lib/harness.mjs";

let server, browser, page;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  page.on("console", (line) => line.type() === "error" && problems.push(`console: ${line.text()}`));
});
const problems = [];

after(async () => {
  await browser?.close();
  await server?.stop();
});

const songs = [
  { name: "one.mp3", cover: "0xd9482b", tone: 330, tags: { title: "Slack Water", artist: "Ines Aldaba", album: "Low Water Marks", track: "1", date: "2021", genre: "Folk" } },
  { name: "two.flac", cover: "0xd9482b", tone: 440, tags: { title: "潮見表", artist: "Ines Aldaba", album: "Low Water Marks", track: "2", date: "2021", genre: "Folk" } },
  { name: "three.opus", tone: 550, tags: { title: "طريق الملح", artist: "نور الصيّاد", album: "ليلٌ طويل", track: "1", date: "2019", genre: "Ambient" } },
];

test("sign up", async () => {
  await page.goto(server.url);
  await page.getByRole("link", { name: /create|sign up/i }).first().click();
  await page.getByLabel("Username").fill("listener");
  await page.getByLabel(/e-?mail/i).fill("listener@example.org");
  await page.getByLabel("Password", { exact: true }).fill("Correct1horse");
  await page.getByRole("button", { name: /create|sign up/i }).click();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForURL(server.url + "/");
});

test("upload three files in three formats", async () => {
  const folder = temporaryFolder();
  const files = songs.map((song) => makeSong(folder, { ...song, seconds: 30 }));
  await page.goto(server.url + "/upload");
  await page.locator("input[type=file]").first().setInputFiles(files);
  for (const song of songs) await page.getByText(song.tags.title).first().waitFor();
});

test("see covers", async () => {
  await page.goto(server.url + "/albums");
  const cover = page.getByRole("main").locator("img").first();
  await cover.waitFor();
  await page.waitForFunction((img) => img.complete && img.naturalWidth > 0, await cover.elementHandle());
});

test("search finds without accents and with half a word", async () => {
  await page.getByRole("searchbox").or(page.getByRole("combobox")).first().fill("slack wat");
  await page.getByRole("main").getByText("Slack Water").first().waitFor();
});

test("play, hear time pass, next song", async () => {
  await page.goto(server.url + "/songs");
  await page.getByText("Slack Water").first().dblclick();
  await page.waitForFunction(() => navigator.mediaSession.metadata?.title === "Slack Water");
  const position = page.getByRole("slider", { name: "Position" });
  const heard = async () => Number(await position.getAttribute("aria-valuenow"));
  const reaches = async (seconds) => {
    const end = Date.now() + 20_000;
    while ((await heard()) < seconds) assert.ok(Date.now() < end, `the sound stands at ${await heard()} s`);
  };
  await reaches(1);
  await page.getByRole("link", { name: "Albums", exact: true }).first().click();
  await page.waitForURL(server.url + "/albums");
  await reaches((await heard()) + 1); // the page changed, the music went on
  await page.getByRole("button", { name: /next/i }).first().click();
  await page.waitForFunction(() => navigator.mediaSession.metadata && navigator.mediaSession.metadata.title !== "Slack Water");
  await reaches(1);
});

test("reload keeps the session", async () => {
  await page.reload();
  await page.getByRole("navigation").first().waitFor();
  assert.equal(new URL(page.url()).pathname, "/albums");
});

test("nothing went wrong in the page", () => assert.deepEqual(problems, []));
