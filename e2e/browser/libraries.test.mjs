// A library for some: an admin makes it and lets one member in, who uploads into it; another hears nothing of it.
// Then the quota is full, and the page says so.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeSong, startBrowser, startServer, temporaryFolder } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";

let server, admin, wren, otis;
const browsers = [];

before(async () => {
  server = await startServer();
  admin = await new Listener(server.url).signUp("admin");
  wren = await new Listener(server.url).signUp("wren");
  otis = await new Listener(server.url).signUp("otis");
});

after(async () => {
  for (const browser of browsers) await browser.close();
  await server?.stop();
});

async function open(listener, path) {
  const browser = await startBrowser();
  browsers.push(browser);
  await browser.addCookies([listener.browserCookie()]);
  const page = await browser.newPage();
  await page.goto(server.url + path);
  return page;
}

const tags = (title) => ({ title, artist: "Ines Aldaba", album: "Demos" });

test("the admin makes a library and lets one member in", async () => {
  const page = await open(admin, "/admin/libraries");
  await page.getByRole("button", { name: "New library" }).click();
  await page.getByLabel("Name").fill("Demos");
  await page.getByRole("button", { name: "Make it" }).click();
  const row = page.getByRole("list", { name: "Libraries" }).getByRole("listitem").filter({ hasText: "Demos" });
  await row.getByText("Nobody yet").waitFor();
  await row.getByRole("button", { name: "More for Demos" }).click();
  await page.getByRole("menuitem", { name: "Who hears it…" }).click();
  await page.getByRole("checkbox", { name: "wren" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await row.getByText("wren").waitFor();
});

test("the member uploads into it", async () => {
  const page = await open(wren, "/upload");
  await page.getByRole("combobox", { name: "Goes to" }).selectOption("Demos");
  const file = makeSong(temporaryFolder(), { name: "one.mp3", tags: tags("Slack Water") });
  await page.locator("input[type=file]").first().setInputFiles(file);
  await page.getByText("Slack Water").first().waitFor();
  await page.goto(server.url + "/songs");
  await page.getByRole("main").getByText("Slack Water").first().waitFor();
});

test("another member does not see it", async () => {
  const page = await open(otis, "/songs");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.getByText("Slack Water").count(), 0);
  await page.goto(server.url + "/upload");
  await page.getByRole("switch", { name: "Only for me" }).waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Goes to" }).count(), 0);
});

test("a full quota is said with what is left, and room helps", async () => {
  const house = await open(admin, "/admin/storage");
  const set = async (kind, size) => {
    await house.getByRole("button", { name: "Quota of wren" }).click();
    await house.getByRole("dialog").getByText(kind, { exact: true }).click();
    if (size !== undefined) await house.getByLabel("Gigabytes").fill(size);
    await house.getByRole("button", { name: "Save" }).click();
    await house.getByRole("dialog").waitFor({ state: "detached" });
  };
  await set("Own", "0.00007");
  const page = await open(wren, "/upload");
  const file = makeSong(temporaryFolder(), { name: "two.mp3", tone: 500, tags: tags("Slack Tide") });
  await page.locator("input[type=file]").first().setInputFiles(file);
  await page.getByText(/This goes past your quota: .* of 70 kB are left/).waitFor();
  await set("No limit");
  await page.getByRole("button", { name: "Try two.mp3 again" }).click();
  await page.getByText("Slack Tide").first().waitFor();
});
