// One playback on two devices: each is a browser of its own, signed in as the same listener.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeSong, startBrowser, startServer, temporaryFolder } from "./lib/harness.mjs";
import { Listener } from "./lib/listener.mjs";

const LONG = 180; // seconds of each song

let server, listener, desk, phone;

/** A browser with its page; streams counts the songs it fetched, and so tells whether it ever sounded. */
async function openDevice(name, options) {
  const browser = await startBrowser(options);
  await browser.addCookies([listener.browserCookie()]);
  const page = await browser.newPage();
  const device = { name, browser, page, streams: 0 };
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.endsWith("/stream")) device.streams += 1;
  });
  await page.goto(server.url + "/songs");
  await page.getByRole("button", { name: /^(Devices|Playing on)/ }).waitFor();
  return device;
}

before(async () => {
  server = await startServer();
  listener = await new Listener(server.url).signUp();
  const folder = temporaryFolder();
  for (const [at, title] of ["First Light", "Second Wind", "Third Floor"].entries()) {
    const tags = { title, artist: "Ada Holm", album: "Stairs", track: at + 1 };
    await listener.upload(makeSong(folder, { name: `${at}.mp3`, seconds: LONG, tone: 300 + 100 * at, tags }));
  }
  desk = await openDevice("desk");
  phone = await openDevice("phone", { userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" });
});

after(async () => {
  await desk?.browser.close();
  await phone?.browser.close();
  await server?.stop();
});

const position = ({ page }) => page.getByRole("slider", { name: "Position" });
const seconds = async (device) => Number(await position(device).getAttribute("aria-valuenow"));
const shows = ({ page }, title) => page.getByRole("region", { name: "Player" }).getByText(title).waitFor();
const press = ({ page }, name) => page.getByRole("region", { name: "Player" }).getByRole("button", { name, exact: true }).click();
const offers = ({ page }, name) => page.getByRole("region", { name: "Player" }).getByRole("button", { name, exact: true }).waitFor();

async function until(what, holds) {
  const end = Date.now() + 15_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, what);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function choose(device, name) {
  await device.page.getByRole("button", { name: /^(Devices|Playing on)/ }).click();
  await device.page.getByRole("menuitemradio", { name }).click();
  await device.page.keyboard.press("Escape");
}

const state = async () => (await listener.ask("GET", "/playback/state")).state;

test("what plays on one is shown on the other, which makes no sound", async () => {
  await desk.page.getByText("First Light").first().dblclick();
  await until("the desk plays", async () => (await seconds(desk)) >= 1);
  await shows(phone, "First Light");
  await offers(phone, "Pause");
  await phone.page.getByRole("button", { name: /^Playing on Chrome/ }).waitFor();
  await until("the phone keeps time", async () => Math.abs((await seconds(phone)) - (await seconds(desk))) <= 1);
  assert.equal(phone.streams, 0);
});

test("each controls the other", async () => {
  await press(phone, "Next");
  await shows(desk, "Second Wind");
  await until("the desk plays it", async () => (await seconds(desk)) >= 1);
  await press(phone, "Pause");
  await offers(desk, "Play");
  await press(desk, "Play");
  await offers(phone, "Pause");
  assert.equal(phone.streams, 0);
});

test("the music moves to the phone and goes on where it was", async () => {
  const box = await position(desk).boundingBox();
  await desk.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await until("both are in the middle", async () => (await seconds(desk)) > 85 && (await seconds(phone)) > 85);
  await choose(phone, /this one/);
  await until("the phone sounds", () => phone.streams > 0);
  await desk.page.getByRole("button", { name: /^Playing on Firefox/ }).waitFor();
  const { activeDeviceId, position: at, positionAt, serverTime } = await state();
  const by = (await listener.ask("GET", "/playback/devices")).devices.find(({ id }) => id === activeDeviceId);
  assert.match(by.name, /Firefox/);
  const now = at / 1000 + (Date.parse(serverTime) - Date.parse(positionAt)) / 1000;
  await until("the phone stands there", async () => Math.abs((await seconds(phone)) - now) < 4);
  const fetched = desk.streams;
  await press(desk, "Next");
  await shows(phone, "Third Floor");
  assert.equal(desk.streams, fetched);
});

test("two queues that change at once become one", async () => {
  const add = async ({ page }, title) => {
    const row = page.getByRole("row", { name: new RegExp(title) }).first();
    await row.hover();
    await row.getByRole("button", { name: `More for ${title}` }).click();
    await page.getByRole("menuitem", { name: "Add to queue" }).click();
  };
  await Promise.all([add(desk, "First Light"), add(phone, "Second Wind")]);
  await until("both are there", async () => (await state()).queue.length === 5);
  assert.equal(new Set((await state()).queue.map(({ entryId }) => entryId)).size, 5);
});

test("a server that is killed and comes back finds the music still playing, and both devices again", async () => {
  const port = new URL(server.url).port;
  await server.kill();
  const before = await seconds(phone);
  await until("the phone plays on", async () => (await seconds(phone)) >= before + 2);
  server = await startServer({ dataDir: server.dataDir, env: { PORT: port } });
  await until("both are connected", async () => {
    const { devices } = await listener.ask("GET", "/playback/devices");
    return devices.filter(({ online }) => online).length === 2;
  });
  await press(desk, "Pause");
  await offers(phone, "Play");
});

test("a device that ends stops, and what it played waits on the other", async () => {
  await press(phone, "Play");
  await offers(desk, "Pause");
  await phone.browser.close();
  await offers(desk, "Play");
  await press(desk, "Play");
  await until("the desk plays", async () => (await state()).isPlaying);
  await desk.page.getByRole("button", { name: "Devices" }).waitFor();
});
