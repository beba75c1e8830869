// A household in real browsers: an invitation is made and used, a forged one refused, a member is kept out and let
// in again, takes everything along, and leaves.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeSong, startBrowser, startServer, temporaryFolder } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";
import { readArchive } from "./lib/archive.mjs";

const PASSWORD = "Correct1horse";
const problems = [];
let server, adminBrowser, guestBrowser, admin, guest, link;

function watched(page) {
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
  // A refusal that the page shows is also a line of the console.
  page.on("console", (line) => line.type() === "error" && !/status of 40[0139]/.test(line.text()) && problems.push(`console: ${line.text()}`));
  return page;
}

before(async () => {
  server = await startServer({ env: { REGISTRATION: "invite" } });
  const ada = await new Listener(server.url).signUp("ada");
  adminBrowser = await startBrowser();
  await adminBrowser.addCookies([ada.browserCookie()]);
  admin = watched(await adminBrowser.newPage());
  guestBrowser = await startBrowser({ acceptDownloads: true });
  guest = watched(await guestBrowser.newPage());
});

after(async () => {
  await adminBrowser?.close();
  await guestBrowser?.close();
  await server?.stop();
});

async function fillIn(name) {
  await guest.getByLabel("Username").fill(name);
  await guest.getByLabel(/e-?mail/i).fill(`${name}@example.org`);
  await guest.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await guest.getByRole("button", { name: "Sign up" }).click();
}

test("without an invitation nobody comes in", async () => {
  await guest.goto(server.url + "/sign-up");
  await fillIn("bea");
  await guest.getByText("This server takes new members by invitation only.").waitFor();
});

test("an admin makes an invitation", async () => {
  await admin.goto(server.url + "/admin/members");
  await admin.getByRole("button", { name: "Invite" }).click();
  await admin.getByLabel("For whom (optional)").fill("Bea");
  await admin.getByRole("button", { name: "Make the link" }).click();
  link = (await admin.getByLabel("Link", { exact: true }).innerText()).trim();
  assert.match(link, /\/sign-up#invite=[\w-]{43}$/);
  await admin.getByRole("button", { name: "Done" }).click();
  await admin.getByRole("listitem").filter({ hasText: "Bea" }).getByText("Open").waitFor();
});

test("a forged invitation is refused", async () => {
  await guest.goto("about:blank");
  await guest.goto(link.slice(0, -6) + "forged");
  await guest.getByText("This invitation is not valid. Ask for a new one.").waitFor();
});

test("the real one opens the door, and reaches no log", async () => {
  await guest.goto("about:blank");
  await guest.goto(link);
  await guest.getByText("ada invites you to this server.").waitFor();
  await fillIn("bea");
  await guest.waitForURL(server.url + "/");
  assert.ok(!server.log().includes(link.split("=")[1]), "the invitation stands in the log");
});

test("a member is kept out, and let in again", async () => {
  await admin.reload();
  await admin.getByRole("button", { name: /bea@example\.org/ }).click();
  await admin.getByRole("switch", { name: "Kept out" }).click();
  await admin.getByRole("switch", { name: "Kept out", checked: true }).waitFor();
  await guest.getByRole("link", { name: "Albums", exact: true }).first().click();
  await guest.getByRole("heading", { name: "Sign in" }).waitFor();
  const signIn = async () => {
    await guest.getByLabel("Username or e-mail").fill("bea");
    await guest.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await guest.getByRole("button", { name: "Sign in" }).click();
  };
  await signIn();
  await guest.getByText("This account is disabled. Ask an admin.").waitFor();
  await admin.getByRole("switch", { name: "Kept out" }).click();
  await admin.getByRole("switch", { name: "Kept out", checked: false }).waitFor();
  await admin.getByRole("button", { name: "Close" }).click();
  await signIn();
  await guest.getByRole("heading", { name: "Sign in" }).waitFor({ state: "detached" });
});

test("the export holds what is the member's, as its manifest says", async () => {
  const folder = temporaryFolder();
  const file = makeSong(folder, { name: "1.flac", tags: { title: "Slack Water", artist: "Ines Aldaba", album: "Low Water Marks", track: "1" } });
  await guest.goto(server.url + "/upload");
  await guest.locator("input[type=file]").first().setInputFiles([file]);
  await guest.getByText("Slack Water").first().waitFor();
  await guest.goto(server.url + "/profile");
  const [download] = await Promise.all([guest.waitForEvent("download"), guest.getByRole("button", { name: "Export" }).click()]);
  assert.match(download.suggestedFilename(), /^hathor-bea-\d{4}-\d\d-\d\d\.zip$/);
  const archive = join(folder, "export.zip");
  await download.saveAs(archive);
  const files = readArchive(readFileSync(archive));
  const manifest = JSON.parse(files.get("manifest.json").toString());
  assert.deepEqual(manifest.missing, []);
  assert.equal(manifest.entries.length, files.size - 1);
  for (const { path, sha256 } of manifest.entries) {
    assert.equal(createHash("sha256").update(files.get(path)).digest("hex"), sha256, path);
  }
  assert.deepEqual(files.get("files/Ines Aldaba/Low Water Marks/01 Slack Water.flac"), readFileSync(file));
});

test("an account is deleted by its owner, who types the name", async () => {
  await guest.getByRole("button", { name: "Delete account" }).click();
  await guest.getByLabel("Type bea to confirm").fill("bea");
  await guest.getByRole("button", { name: "Delete for good" }).click();
  await guest.getByRole("heading", { name: "Sign in" }).waitFor();
  await admin.goto(server.url + "/admin/audit");
  await admin.getByRole("row").filter({ hasText: "Deleted an account" }).filter({ hasText: "bea" }).waitFor();
  await admin.goto(server.url + "/admin/sessions");
  await admin.getByText("This one").waitFor();
});

test("nothing went wrong in the pages", () => assert.deepEqual(problems, []));
