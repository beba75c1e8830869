// Takes a picture of every page for people to look at: node e2e/browser/lib/shots.mjs FOLDER [PATH...]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startBrowser, startServer } from "./harness.mjs";
import { Listener } from "./listener.mjs";
import { signedInPages, signedOutPages } from "./pages.mjs";

const [folder, ...wanted] = process.argv.slice(2);
const paths = wanted.length > 0 ? wanted : signedInPages;
mkdirSync(folder, { recursive: true });

const fileName = (path) => (path === "/" ? "home" : path.replace(/[^\w]+/g, "-").replace(/^-|-$/g, ""));

async function shoot(url, cookie, paths, prefix) {
  for (const [width, height] of [[1440, 940], [390, 844]]) {
    for (const colorScheme of ["dark", "light"]) {
      const browser = await startBrowser({ viewport: { width, height }, colorScheme });
      if (cookie) await browser.addCookies([cookie]);
      const page = await browser.newPage();
      for (const path of paths) {
        await page.goto(url + path);
        await page.waitForLoadState("networkidle");
        await page.screenshot({ path: join(folder, `${prefix}${fileName(path)}-${width}-${colorScheme}.png`) });
      }
      await browser.close();
    }
  }
}

const server = await startServer();
const listener = await new Listener(server.url).signUp();
await shoot(server.url, listener.browserCookie(), ["/", "/songs", "/albums", "/playlists"], "empty-");
await listener.moveIn();
await shoot(server.url, null, signedOutPages, "");
await shoot(server.url, listener.browserCookie(), paths, "");
await server.stop();
