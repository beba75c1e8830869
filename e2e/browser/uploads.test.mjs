// A folder of 300 songs, uploaded while the server is killed and comes back.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeSong, startBrowser, startServer, temporaryFolder } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";

const SONGS = 300;
const patience = 60_000;
let server, browser, page, listener;
const folder = join(temporaryFolder(), "Attic");
const dataDir = temporaryFolder();

before(async () => {
  mkdirSync(folder);
  const take = readFileSync(makeSong(temporaryFolder(), { name: "take.wav", seconds: 0.2 }));
  for (let n = 1; n <= SONGS; n += 1) {
    const own = Buffer.from(take);
    own.writeInt32LE(n, own.length - 8); // another sample, another song
    const side = join(folder, `Side ${n % 3}`);
    mkdirSync(side, { recursive: true });
    writeFileSync(join(side, `Take ${n}.wav`), own);
  }
  writeFileSync(join(folder, "letter.mp3"), "Dear Ines, this is no music at all. ".repeat(20));
  server = await startServer({ dataDir, env: { RATE_LIMIT_USER: "off" } });
  listener = await new Listener(server.url).signUp();
  browser = await startBrowser();
  await browser.addCookies([listener.browserCookie()]);
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
});
const problems = [];

after(async () => {
  await browser?.close();
  await server?.stop();
});

const here = async () => Number(/(\d+) of \d+ here/.exec(await page.getByRole("region", { name: "All files" }).innerText())?.[1]);
const reaches = (count) =>
  page.waitForFunction((least) => Number(/(\d+) of \d+ here/.exec(document.body.innerText)?.[1]) >= least, count, { timeout: patience });
const choose = () => page.locator("input[type=file][webkitdirectory]").first().setInputFiles(folder);
const show = (name) => page.getByRole("radio", { name }).check({ force: true });

test("a folder goes on by itself when the server was killed and is back", async () => {
  await page.goto(server.url + "/upload");
  await choose();
  await reaches(60);
  await server.kill();
  await page.getByText("The server does not answer.").waitFor();
  const before = await here();
  assert.ok(before >= 60 && before < SONGS, `${before} were here when the server died`);
  const port = new URL(server.url).port;
  server = await startServer({ dataDir, env: { PORT: port, RATE_LIMIT_USER: "off" } });
  await reaches(SONGS);
  await page.getByText(`${SONGS} of ${SONGS + 1} here`).waitFor();
});

test("all songs are there, none of them twice", async () => {
  const titles = [];
  for (let cursor = ""; cursor !== null; ) {
    const answer = await listener.ask("GET", `/songs?limit=500${cursor && `&cursor=${cursor}`}`);
    titles.push(...answer.songs.map((song) => song.title));
    assert.equal(answer.total, SONGS);
    cursor = answer.nextCursor;
  }
  assert.equal(new Set(titles).size, SONGS);
  const open = await listener.ask("GET", "/uploads?state=receiving");
  assert.deepEqual(open.uploads.filter(({ offset }) => offset > 0).map(({ name }) => name), []);
});

test("what is no music says why", async () => {
  await show(/^Not added 1$/);
  await page.getByText("letter.mp3").waitFor();
  await page.getByText("This is a text file, not audio that can be played here").waitFor();
});

test("the same folder again is here already", async () => {
  await page.getByRole("button", { name: "Clear finished" }).click();
  await page.getByRole("heading", { name: "Nothing on its way." }).waitFor();
  await choose();
  await reaches(SONGS);
  await page.getByText(`${SONGS} were here already`).waitFor();
  await show(/^Added 0$/);
  await page.getByText("None of the files.").waitFor();
  assert.equal((await listener.ask("GET", "/songs?limit=1")).total, SONGS);
});

test("a large file that was interrupted by a reload goes on where it was", async () => {
  const large = join(folder, "Long.wav");
  makeSong(folder, { name: "Long.wav", seconds: 60, tags: { title: "Long" } });
  const size = readFileSync(large).length;
  await page.goto(server.url + "/upload");
  await page.locator("input[type=file]").first().waitFor({ state: "attached" });
  const session = await browser.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 3 << 20 });
  await page.locator("input[type=file]:not([webkitdirectory])").first().setInputFiles(large);
  await page.getByText(/^[1-9]\d? %$/).waitFor();
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await page.getByText("1 file was not finished.").waitFor();
  await session.detach(); // not before: the rest of the file would be there at once
  const { uploads } = await listener.ask("GET", "/uploads?state=receiving");
  const left = uploads.find(({ name }) => name === "Long.wav");
  assert.ok(left.offset > 0 && left.offset < size, `${left.offset} of ${size} bytes were kept`);
  const sent = page.waitForRequest((request) => request.method() === "PATCH");
  await page.locator("input[type=file]:not([webkitdirectory])").first().setInputFiles(large);
  assert.ok(Number((await sent).headers()["upload-offset"]) >= left.offset);
  await page.getByRole("link", { name: /Long/ }).or(page.getByText("Added", { exact: true })).first().waitFor();
  assert.equal((await listener.ask("GET", "/songs?limit=1")).total, SONGS + 1);
});

test("nothing went wrong in the page", () => assert.deepEqual(problems, []));
