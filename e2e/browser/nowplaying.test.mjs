// The player's own pages: play, open the page of what plays, seek by keyboard and pointer, follow the words, put the
// queue in order, keep it as a playlist, and fall asleep at the end of a song. Both pages are held against axe.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeSong, require, startBrowser, startServer, temporaryFolder } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";

const axe = require("axe-core");
const SECONDS = 60;
const titles = ["Slack Water", "潮見表", "Low Tide", "Harbour Bell"];
const words = ["[00:10.00]The gauge says one thing", "[00:20.00]Nobody keeps the shore", "[00:22.00]And you at the door"];

const problems = [];
let server, browser, page, listener;

before(async () => {
  const music = join(temporaryFolder(), "music");
  mkdirSync(music);
  titles.forEach((title, at) =>
    makeSong(music, { name: `${at + 1}.mp3`, cover: "0xd9482b", seconds: SECONDS, tags: { title, artist: "Ines Aldaba", album: "Low Water Marks", track: String(at + 1) } }),
  );
  writeFileSync(join(music, "1.lrc"), words.join("\n"));
  server = await startServer({ env: { MUSIC_DIRS: music } });
  listener = await new Listener(server.url).signUp();
  await until(async () => (await listener.ask("GET", "/songs?limit=1")).total === titles.length);
  browser = await startBrowser();
  await browser.addCookies([listener.browserCookie()]);
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function until(holds) {
  const end = Date.now() + 120_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, "it never came to be");
    await new Promise((done) => setTimeout(done, 100));
  }
}

const position = () => page.getByRole("slider", { name: "Position" });
const seconds = async () => Number(await position().getAttribute("aria-valuenow"));
const line = (text) => page.getByRole("region", { name: "Lyrics" }).getByRole("button", { name: text });
const openNow = () => page.getByRole("link", { name: /^Now playing/ }).click();

test("the page of what plays opens from the deck", async () => {
  await page.goto(server.url + "/albums/1");
  await page.getByRole("main").getByRole("button", { name: "Play", exact: true }).click();
  await openNow();
  await page.waitForURL("**/now");
  await page.getByRole("heading", { level: 1, name: titles[0] }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Ines Aldaba" }).getAttribute("href"), "/artists/1");
});

test("the wave is sought on by keyboard and by pointer", async () => {
  await position().focus();
  await page.keyboard.press("PageUp");
  await until(async () => (await seconds()) >= 25);
  assert.match(await position().getAttribute("aria-valuetext"), /^0:2\d of 1:00$/);
  await page.keyboard.press("Home");
  await until(async () => (await seconds()) < 5);
  const box = await position().boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + 20);
  await until(async () => (await seconds()) >= SECONDS / 2 - 1);
  assert.ok((await seconds()) < SECONDS / 2 + 6);
});

test("the words follow the song, and lead into it", async () => {
  await line("Nobody keeps the shore").click();
  await page.locator("[aria-current=true]", { hasText: "Nobody keeps the shore" }).waitFor();
  await page.locator("[aria-current=true]", { hasText: "And you at the door" }).waitFor();
  assert.ok((await seconds()) >= 22);
});

test("the vibe makes the song faster by keyboard, and reset takes it back", async () => {
  const speed = page.getByRole("region", { name: "Vibe" }).getByRole("slider", { name: "Speed" });
  await position().focus();
  await page.keyboard.press("Home");
  await speed.focus();
  for (let step = 0; step < 50; step += 1) await page.keyboard.press("ArrowRight");
  assert.equal(await speed.getAttribute("aria-valuetext"), "1.50 times");
  await until(async () => (await seconds()) >= 3);
  const pace = await measuredPace(12);
  assert.ok(Math.abs(pace - 1.5) <= 0.15, `it ran ${pace} times as fast as the clock`);
  await page.getByRole("button", { name: "Reset" }).click();
  assert.equal(await speed.getAttribute("aria-valuetext"), "1.00 times");
  const plain = await measuredPace(8);
  assert.ok(Math.abs(plain - 1) <= 0.1, `it ran ${plain} times as fast as the clock`);
});

/** Seconds of music in a second of the clock, between two moments at which the position turns to the next second. */
async function measuredPace(length) {
  return position().evaluate(async (slider, length) => {
    const read = () => Number(slider.getAttribute("aria-valuenow"));
    const turn = (from) =>
      new Promise((done) => {
        const look = () => (read() >= from ? done([read(), performance.now()]) : requestAnimationFrame(look));
        look();
      });
    const [begin, at] = await turn(read() + 1);
    const [end, later] = await turn(begin + length);
    return ((end - begin) * 1000) / (later - at);
  }, length);
}

test("the queue is put in order by keyboard and becomes a playlist", async () => {
  await page.getByRole("link", { name: "Queue" }).click();
  await page.waitForURL("**/queue");
  const grid = page.getByRole("grid", { name: "Next up" });
  await grid.focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.getByText(`${titles[1]} is now number 2 of 3`).waitFor();
  const order = () => grid.getByRole("row").locator("bdi:first-child").allTextContents();
  const shown = (await order()).filter((text) => titles.includes(text));
  assert.deepEqual(shown, [titles[2], titles[1], titles[3]]);
  await page.getByRole("button", { name: "Save as playlist" }).click();
  await page.getByRole("textbox").last().fill("From the queue");
  await page.getByRole("button", { name: /From the queue/ }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const { playlists } = await listener.ask("GET", "/playlists");
  const { songs } = await listener.ask("GET", `/playlists/${playlists[0].id}`);
  assert.deepEqual(songs.map(({ title }) => title), [titles[0], titles[2], titles[1], titles[3]]);
});

test("the sleep timer stops at the end of the song, ready for the next", async () => {
  await openNow();
  await page.getByRole("button", { name: /^Sleep timer/ }).click();
  await page.getByRole("menuitem", { name: "At the end of the song" }).click();
  await page.reload();
  await page.getByRole("button", { name: "Sleep timer, Stops at the end of the song" }).waitFor();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await position().focus();
  await page.keyboard.press("End");
  await page.getByRole("heading", { level: 1, name: titles[2] }).waitFor();
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  await page.getByRole("button", { name: "Sleep timer, Off" }).waitFor();
});

for (const [width, height] of [[1440, 940], [390, 844]]) {
  for (const colorScheme of ["dark", "light"]) {
    test(`both pages at ${width} px, ${colorScheme}, have nothing that stands in the way`, async () => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      for (const path of ["/now", "/queue"]) {
        await page.goto(server.url + path);
        await page.getByText(titles[2]).first().waitFor();
        await page.waitForLoadState("networkidle");
        assert.deepEqual(await faults(), []);
      }
      await page.getByRole("grid").focus();
      await page.keyboard.press("Control+a");
      await page.getByText("2 selected").waitFor();
      assert.deepEqual(await faults(), []);
    });
  }
}

async function faults() {
  const { violations } = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ["violations"] })`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map((v) => `${v.id} (${v.help}) ${v.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ")}`);
}

test("the wave is drawn once the song was measured", async () => {
  const { songs } = await listener.ask("GET", "/songs");
  const playing = songs.find(({ title }) => title === titles[2]);
  await until(async () => (await listener.ask("GET", `/songs/${playing.id}/waveform`)).measured);
  await page.goto(server.url + "/now");
  await position().locator("path").first().waitFor({ state: "attached" });
});

test("nothing went wrong on the way", () => assert.deepEqual(problems, []));
