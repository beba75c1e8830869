// A phone that does not trust the server yet opens the install page over plain http, signed out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { require, startBrowser, startServer } from "./lib/harness.mjs";

const axe = require("axe-core");

let server, browser, page;

before(async () => {
  server = await startServer({ env: { TLS: "own", TLS_PORT: "0", TLS_HOSTS: "192.168.7.7" } });
  browser = await startBrowser({ viewport: { width: 390, height: 844 } });
  page = await browser.newPage();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("the page shows what the server printed, its own address as a code, and where to go", async () => {
  await page.goto(server.url + "/certificate");
  await page.getByRole("heading", { level: 1, name: "Trust this server" }).waitFor();
  const printed = /Fingerprint \(SHA-256\): ([0-9A-F:]+)/.exec(server.log())[1];
  const shown = (await page.locator("dd").innerText()).split("\n").join(":");
  assert.equal(shown, printed);
  const code = page.getByRole("img", { name: /^QR code of http:\/\/192\.168\.7\.7:\d+\/certificate$/ });
  await code.scrollIntoViewIfNeeded();
  assert.ok(await code.evaluate((image) => image.naturalWidth > 0), "the code is not drawn");
  assert.match(await page.getByRole("link", { name: /^https:\/\/192\.168\.7\.7:/ }).getAttribute("href"), /:\d+$/);
});

test("the steps follow the device, by keyboard too", async () => {
  await page.getByRole("radio", { name: "Android" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText(/Certificate Trust Settings/).waitFor();
});

test("nothing sticks out of a narrow screen, and axe has no complaint", async () => {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false);
  const { violations } = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ["violations"] })`);
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" "))}`), []);
});
