// Pictures of a running server: node scripts/shots.mjs http://127.0.0.1:4173 out / /albums ...
// With SHOTS_USER and SHOTS_PASSWORD it signs in first. It fails on any error in the page's console.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "playwright-core";

const [base, folder, ...paths] = process.argv.slice(2);
if (base === undefined || folder === undefined || paths.length === 0) {
  console.error("usage: shots.mjs <server> <folder> <path>...");
  process.exit(2);
}
const { SHOTS_USER: username, SHOTS_PASSWORD: password, CHROMIUM, SHOTS_SCRIPT: script } = process.env;
const executablePath = [
  CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];
const sizes = [
  { width: 1440, height: 940, scale: 1, touch: false },
  { width: 390, height: 844, scale: 2, touch: true },
];

const faults = [];

async function open(browser, { width, height, scale, touch }, colorScheme) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    hasTouch: touch,
    colorScheme,
    locale: process.env.SHOTS_LANGUAGE ?? "en",
  });
  if (username !== undefined) {
    const answer = await context.request.post(`${base}/api/auth/login`, {
      data: { username, password, client: "web" },
    });
    if (!answer.ok()) throw new Error(`sign-in failed: ${answer.status()}`);
  }
  const page = await context.newPage();
  page.on(
    "console",
    (message) => message.type() === "error" && faults.push(`${page.url()}: ${message.text()}`),
  );
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  return page;
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: flags });
try {
  for (const size of sizes) {
    for (const scheme of ["dark", "light"]) {
      const page = await open(browser, size, scheme);
      for (const path of paths) {
        await page.goto(base + path, { waitUntil: "networkidle" });
        // A step to take before the picture, for example a press on a button.
        if (script !== undefined) await page.evaluate(script);
        await page.evaluate(() => document.fonts.ready);
        const name = path.replace(/^\//, "").replace(/[^a-z0-9]+/gi, "-") || "home";
        await page.screenshot({ path: join(folder, `${name}-${size.width}-${scheme}.png`) });
      }
      await page.context().close();
    }
  }
} finally {
  await browser.close();
}
for (const fault of new Set(faults)) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
