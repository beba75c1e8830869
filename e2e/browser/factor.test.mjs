// The second factor and API keys, as a listener sets them up and uses them.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { startBrowser, startServer } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";

const PASSWORD = "Correct1horse";

let server, browser, page, app, recovery;

before(async () => {
  server = await startServer({ env: { REQUIRE_ADMIN_FACTOR: "true" } });
  await new Listener(server.url).signUp("ada"); // the first is the admin
  browser = await startBrowser();
  page = await browser.newPage();
  page.setDefaultTimeout(15_000);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** An authenticator app: it knows the secret and the time, and never shows a code twice. */
class App {
  constructor(secret) {
    this.secret = fromBase32(secret);
    this.used = 0;
  }

  /** The code of now, or of the next step when that one is used: the server allows for a clock that is ahead. */
  next() {
    this.used = Math.max(Math.floor(Date.now() / 30_000), this.used + 1);
    return this.codeAt(this.used);
  }

  codeAt(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const sum = createHmac("sha1", this.secret).update(counter).digest();
    const number = sum.readUInt32BE(sum[19] & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  }
}

function fromBase32(text) {
  const bits = [...text].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

async function firstStep() {
  await page.goto(server.url + "/sign-in");
  await page.getByLabel("Username or e-mail").fill("ada");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut() {
  await browser.clearCookies();
}

const atHome = () => page.waitForURL(server.url + "/");

test("an admin without a second factor is led to where it is set up", async () => {
  await firstStep();
  await atHome();
  await page.goto(server.url + "/admin");
  await page.waitForURL("**/profile/security");
  await page.getByText("This server wants admins to have a second factor").waitFor();
});

test("it is set up from the profile", async () => {
  await page.goto(server.url + "/profile");
  await page.getByRole("link", { name: "Second factor and API keys" }).click();
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByRole("img", { name: /^QR code/ }).waitFor();
  app = new App((await page.getByTestId("secret").textContent()).replaceAll(" ", ""));
  await page.getByLabel("Six digits").fill("000000");
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByText("This is not the code").waitFor();
  await page.getByLabel("Six digits").fill(app.next());
  await page.getByRole("button", { name: "Switch on" }).click();
  const list = page.getByRole("list", { name: "Recovery codes" });
  await list.waitFor();
  recovery = await list.getByRole("listitem").allTextContents();
  assert.equal(recovery.length, 10);

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const file = await (await saved).createReadStream();
  const text = Buffer.concat(await file.toArray()).toString();
  for (const code of recovery) assert.ok(text.includes(code), "a code is not in the file");

  await page.getByRole("button", { name: "I have put them away" }).click();
  await page.getByText("10 recovery codes are left").waitFor();
  await page.goto(server.url + "/admin");
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname.startsWith("/admin"), true);
});

test("signing in takes a code, and each once", async () => {
  await signOut();
  await firstStep();
  const code = app.next();
  const field = page.getByLabel("Code from your authenticator app");
  await field.waitFor();
  assert.equal(await field.getAttribute("autocomplete"), "one-time-code");
  await field.fill(code);
  await atHome();
  await signOut();
  await firstStep();
  await field.fill(code);
  await page.getByText("This code is wrong, or was used already").waitFor();
});

test("a recovery code signs in, and each once", async () => {
  const useRecovery = async () => {
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").fill(recovery[4]);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  await useRecovery();
  await atHome();
  await signOut();
  await firstStep();
  await useRecovery();
  await page.getByText("This code is wrong, or was used already").waitFor();
  await page.getByLabel("Recovery code").fill(recovery[5].toUpperCase().replaceAll("-", " "));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await atHome();
});

async function ask(key, method, path, body) {
  const answer = await fetch(server.url + "/api" + path, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, ...(text && JSON.parse(text)) };
}

test("a key is made, used within its scope, and ended", async () => {
  await page.goto(server.url + "/profile/security");
  await page.getByText("8 recovery codes are left").waitFor();
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("Name").fill("Kitchen radio");
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByTestId("key").textContent();
  assert.match(key, /^hk_[\w-]{43}$/);
  await page.getByRole("button", { name: "Done" }).click();

  assert.equal((await ask(key, "GET", "/songs")).status, 200);
  assert.equal((await ask(key, "POST", "/playlists", { name: "By a key" })).code, "key_scope");
  assert.equal((await ask(key, "GET", "/auth/sessions")).code, "key_not_allowed");

  await page.reload();
  await page.getByText(key.slice(0, 9)).waitFor();
  assert.equal((await page.content()).includes(key), false);
  await page.getByRole("button", { name: "Delete the key Kitchen radio" }).click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await page.getByText("None yet. A player").waitFor();
  assert.equal((await ask(key, "GET", "/songs")).code, "invalid_key");
});
