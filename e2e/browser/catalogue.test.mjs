// A catalogue at full size: a thousand files are read while an admin looks on, a song is found by two mistyped
// words, and a hundred thousand rows are sorted, filtered, jumped in and scrolled through.
import assert from "node:assert/strict";
import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { makeFiles, seedSongs } from "./lib/bench.mjs";
import { startBrowser, startServer, temporaryFolder } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";

const problems = [];

async function openPage(browser, listener) {
  await browser.addCookies([listener.browserCookie()]);
  const page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  return page;
}

describe("a thousand files", () => {
  let server, browser, page, listener;
  const folder = temporaryFolder();
  const music = join(folder, "music");

  before(async () => {
    mkdirSync(music);
    server = await startServer({ env: { MUSIC_DIRS: music } });
    listener = await new Listener(server.url).signUp();
    browser = await startBrowser();
    page = await openPage(browser, listener);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("are read while the admin's page tells how far it is", async () => {
    const files = makeFiles(join(folder, "made"), 1000);
    await page.goto(server.url + "/admin/scan");
    renameSync(files, join(music, "thousand"));
    const start = page.getByRole("button", { name: "Scan folders" });
    await start.or(page.getByRole("button", { name: "Stop" })).waitFor();
    // The server may have seen the folder by itself by now: then it reads already, or is done.
    if (await start.isVisible()) {
      await start.click();
      await page.getByRole("progressbar", { name: "New and changed files read" }).waitFor();
    }
    const figure = (name) => page.locator("dl").first().locator("div").filter({ hasText: name }).locator("dd");
    await figure("Seen").filter({ hasText: /^1,000$/ }).waitFor();
    await start.waitFor();
    assert.equal(await figure("Failed").textContent(), "0");
    assert.equal((await listener.ask("GET", "/songs?limit=1")).total, 1000);
  });

  test("hold a song that two mistyped words find", async () => {
    const { songs } = await listener.ask("GET", "/songs?limit=500");
    const longWords = (title) => title.match(/\b[A-Za-z]{6,}\b/g) ?? [];
    const wanted = songs.find(({ title }) => longWords(title).length === 2);
    assert.ok(wanted, "a title with two long words");
    const words = longWords(wanted.title).map((word) => word.slice(0, 3) + word.slice(4));
    await page.goto(server.url + "/");
    await page.getByRole("searchbox").fill(words.join(" "));
    await page.locator("[data-row]").filter({ hasText: wanted.title }).first().waitFor();
  });

  test("are at hand in the palette", async () => {
    await page.goto(server.url + "/");
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find songs, pages and actions" }).waitFor();
    await page.keyboard.type("artists");
    await page.getByRole("option", { name: "Artists", selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/artists");
  });
});

describe("a hundred thousand songs", () => {
  let server, browser, page, listener;
  const TOTAL = 100_000;

  before(async () => {
    const { dataDir, env, username, password } = seedSongs(TOTAL);
    server = await startServer({ dataDir, env });
    listener = await new Listener(server.url).signIn(username, password);
    browser = await startBrowser();
    page = await openPage(browser, listener);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const grid = () => page.getByRole("grid", { name: "Songs" });
  const rows = () => page.locator("[role=row][data-at]");
  const scrollTo = (top) => page.locator("#main").evaluate((main, to) => void (main.scrollTop = to), top);
  /** The places and titles of the rows in the page, by place. */
  const shown = () =>
    rows().evaluateAll((all) => Object.fromEntries(all.map((row) => [row.dataset.at, row.querySelector("bdi").textContent])));

  test("are one table", async () => {
    await page.goto(server.url + "/songs");
    await rows().first().waitFor();
    assert.equal(await grid().getAttribute("aria-rowcount"), String(TOTAL + 1));
  });

  test("a letter leads to where it begins", async () => {
    const { letters } = await listener.ask("GET", "/songs/letters?sort=title");
    const { letter, offset } = letters.find((mark) => mark.letter === "M");
    await page.getByRole("toolbar", { name: "Jump to a letter" }).getByRole("button", { name: `${letter},` }).click();
    const row = page.locator(`[role=row][data-at="${offset}"]`);
    await row.waitFor();
    const { songs } = await listener.ask("GET", `/songs?sort=title&limit=1&offset=${offset}`);
    assert.equal(await row.locator("bdi").first().textContent(), songs[0].title);
    const [top, head] = await Promise.all([row.boundingBox(), grid().getByRole("columnheader").first().boundingBox()]);
    assert.ok(top.y >= head.y + head.height - 8 && top.y < head.y + 100, "the row stands right below the heads");
  });

  test("a head sorts, and a filter narrows with the count it promised", async () => {
    await page.getByRole("button", { name: "Year", exact: true }).click();
    await page.waitForURL("**/songs?sort=-year");
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    const genres = page.getByRole("region", { name: "Genre" }).getByRole("button");
    await genres.first().waitFor();
    const [, genre, count] = /^(.*?) ([\d,]+)$/.exec((await genres.first().textContent()).trim());
    await genres.first().click();
    await page.waitForURL(/genre=/);
    await page.getByText(`${count} of 100,000 songs`).waitFor();
    await page.getByRole("button", { name: `Remove the filter Genre ${genre}` }).click();
    await page.getByText("100,000 songs", { exact: true }).waitFor();
  });

  test("scrolling through all of them keeps the page small and asks only for where it rests", async () => {
    await page.goto(server.url + "/songs");
    await rows().first().waitFor();
    let asked = 0;
    page.on("request", (request) => request.url().includes("/api/songs?") && (asked += 1));
    const STEPS = 200;
    // Frame by frame in the page itself: a step that waits for this process would be a rest.
    const most = await page.locator("#main").evaluate(async (main, steps) => {
      const height = main.scrollHeight;
      let rows = 0;
      for (let step = 1; step <= steps; step += 1) {
        main.scrollTop = (height * step) / steps;
        await new Promise(requestAnimationFrame);
        rows = Math.max(rows, document.querySelectorAll("[role=row]").length);
      }
      return rows;
    }, STEPS);
    await page.locator(`[role=row][data-at="${TOTAL - 1}"]`).waitFor();
    assert.ok(most < 80, `${most} rows in the page at once`);
    assert.ok(asked < STEPS, `${asked} requests for ${STEPS} steps`);
    const { songs } = await listener.ask("GET", `/songs?sort=title&limit=1&offset=${TOTAL - 1}`);
    assert.equal((await shown())[TOTAL - 1], songs[0].title);
  });

  test("what is kept of the list does not grow with how much of it was seen", async () => {
    const client = await page.context().newCDPSession(page);
    const used = async () => {
      await client.send("HeapProfiler.collectGarbage");
      return (await client.send("Runtime.getHeapUsage")).usedSize;
    };
    /** Rests at so many places, far apart, so that each loads its pages. */
    const visit = async (places) => {
      for (const place of places) {
        await scrollTo(place * 36);
        await page.locator(`[role=row][data-at="${place + 5}"]`).waitFor();
      }
    };
    const every = (from, count) => Array.from({ length: count }, (_, at) => from + at * 2000);
    await visit(every(1000, 6));
    const before = await used();
    await visit(every(26_000, 18));
    const grown = (await used()) - before;
    assert.ok(grown < 10_000_000, `${grown} bytes more`);
  });

  test("the menu key opens the menu of the row under the cursor", async () => {
    await page.goto(server.url + "/songs");
    await rows().first().waitFor();
    await grid().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByText("2 selected").waitFor();
    await page.keyboard.press("Shift+F10");
    const menu = page.getByRole("menu", { name: "2 selected" });
    await menu.waitFor();
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement?.closest("[role=grid]"));
    await page.keyboard.press("4");
    await grid().locator("[role=slider][aria-valuenow='4']").nth(1).waitFor();
  });

  test("nothing went wrong on the way", () => assert.deepEqual(problems, []));
});
