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
  const { violations } = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ["violations"] })`);
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${new URL(url).pathname}: ${v.id} (${v.help}) ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`);
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
