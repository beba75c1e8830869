// Lighthouse, desktop preset, over the built client: the sign-in page and the home page of a listener with
// music. Prints the scores and fails below 95 in performance, accessibility or best practices. It is a
// measurement, so it is not part of the tests: run it on a quiet machine with "make lighthouse".
import lighthouse from "lighthouse";
import desktop from "lighthouse/core/config/desktop-config.js";
import { startBrowser, startServer } from "../browser/lib/harness.mjs";
import { Listener } from "../browser/lib/listener.mjs";

const wanted = 95;
const port = 9333;

const server = await startServer();
const browser = await startBrowser({}, [`--remote-debugging-port=${port}`]);
let failed = false;

/** One run; a browser that has just started sometimes paints nothing at first, and is asked once more. */
async function look(path) {
  const once = () => lighthouse(server.url + path, { port, output: "json", logLevel: "error", disableStorageReset: true }, desktop);
  const first = await once();
  return first.lhr.runtimeError ? once() : first;
}

async function measure(name, path) {
  const { categories, audits } = (await look(path)).lhr;
  const scores = ["performance", "accessibility", "best-practices"].map((id) => [id, Math.round(categories[id].score * 100)]);
  const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];
  console.log(`${name}: ${scores.map(([id, score]) => `${id} ${score}`).join(", ")}; ${times.map((id) => `${id} ${audits[id].displayValue}`).join(", ")}`);
  for (const [id, score] of scores) {
    if (score >= wanted) continue;
    failed = true;
    const low = categories[id].auditRefs.filter((ref) => ref.weight > 0 && audits[ref.id].score !== null && audits[ref.id].score < 0.9);
    console.log(`  ${id} is below ${wanted}: ${low.map((ref) => audits[ref.id].title).join("; ")}`);
  }
}

try {
  await measure("sign-in", "/sign-in");
  const listener = await new Listener(server.url).signUp();
  await listener.moveIn();
  await browser.addCookies([listener.browserCookie()]);
  await measure("home", "/");
} finally {
  await browser.close();
  await server.stop();
}
process.exitCode = failed ? 1 : 0;
