// Every page, wide and narrow, light and dark, held against axe: nothing serious, nothing critical.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { require, startBrowser, startServer } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";
import { signedInPages, signedOutPages } from "./lib/pages.mjs";

const axe = require("axe-core");


let server, empty, listener, newcomer;

before(async () => {
  server = await startServer();
  listener = await new Listener(server.url).signUp();
  await listener.moveIn();
  empty = await startServer();
  newcomer = await new Listener(empty.url).signUp("newcomer");
});

after(async () => {
  await server?.stop();
  await empty?.stop();
});

async function faults(page, url) {
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle");
  return faultsHere(page);
}

async function faultsHere(page) {
  const { violations } = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ["violations"] })`);
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${new URL(page.url()).pathname}: ${v.id} (${v.help}) ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`);
}

for (const [width, height] of [[1440, 940], [390, 844]]) {
  for (const colorScheme of ["dark", "light"]) {
    test(`${width} px, ${colorScheme}`, async () => {
      const browser = await startBrowser({ viewport: { width, height }, colorScheme });
      try {
        const found = [];
        const page = await browser.newPage();
        for (const path of signedOutPages) found.push(...(await faults(page, server.url + path)));
        await browser.addCookies([listener.browserCookie()]);
        for (const path of signedInPages) found.push(...(await faults(page, server.url + path)));
        await browser.clearCookies();
        await browser.addCookies([newcomer.browserCookie()]);
        for (const path of ["/", "/songs", "/albums", "/artists", "/genres", "/playlists", "/history"]) found.push(...(await faults(page, empty.url + path)));
        assert.deepEqual(found, []);
      } finally {
        await browser.close();
      }
    });
  }
}

/** What lies over a page: the palette, the menus of a song and of an album, what is selected, and a song's details. */
async function over(page, phone) {
  const found = [];
  await page.goto(server.url + "/songs");
  const row = page.locator("[role=row][data-at='1']");
  await row.waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find songs, pages and actions" }).fill("water");
  await page.getByRole("option").first().waitFor();
  found.push(...(await faultsHere(page)));
  await page.keyboard.press("Escape");
  await page.getByRole("grid").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByText("2 selected").waitFor();
  found.push(...(await faultsHere(page)));
  await page.keyboard.press("Escape");
  await row.click({ button: "right", position: { x: phone ? 200 : 120, y: 10 } });
  await page.getByRole("menu").waitFor();
  found.push(...(await faultsHere(page)));
  await page.getByRole("menuitem", { name: "Details" }).click();
  await page.getByRole("dialog").locator("dl").first().waitFor();
  found.push(...(await faultsHere(page)));
  await page.goto(server.url + "/albums");
  await page.getByRole("main").locator("[data-at='0'] a").click({ button: "right" });
  await page.getByRole("menu").waitFor();
  found.push(...(await faultsHere(page)));
  return found;
}

for (const [width, height] of [[1440, 940], [390, 844]]) {
  for (const colorScheme of ["dark", "light"]) {
    test(`what lies over a page, ${width} px, ${colorScheme}`, async () => {
      const browser = await startBrowser({ viewport: { width, height }, colorScheme });
      try {
        await browser.addCookies([listener.browserCookie()]);
        assert.deepEqual(await over(await browser.newPage(), width < 721), []);
      } finally {
        await browser.close();
      }
    });
  }
}
