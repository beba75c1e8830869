import { beforeEach, expect, test } from "vitest";

import type { Storage } from "@/lib/storage";
import { memoryStorage } from "@/test/memoryStorage";

import { claimDevice, type Tabs } from "./deviceClaim";

/** The tabs of one browser: what one posts the others hear, a moment later. */
class Browser {
  readonly storage: Storage = memoryStorage();
  private hearers: { tab: number; hear: (message: unknown) => void }[] = [];
  private names = 0;
  private tabs = 0;

  open(): Promise<string> {
    const tab = (this.tabs += 1);
    const tabs: Tabs = {
      post: (message) => {
        const others = this.hearers.filter((one) => one.tab !== tab);
        for (const { hear } of others) queueMicrotask(() => hear(message));
      },
      listen: (hear) => this.hearers.push({ tab, hear }),
    };
    return this.claim(tabs, tab);
  }

  close(tab: number): void {
    this.hearers = this.hearers.filter((one) => one.tab !== tab);
  }

  claim(tabs: Tabs | null, tab = 0): Promise<string> {
    return claimDevice({
      storage: this.storage,
      tabs,
      newId: () => `${(this.names += 1)} by tab ${tab}`,
      wait: () => new Promise((done) => setTimeout(done, 0)),
    });
  }
}

let browser: Browser;
beforeEach(() => void (browser = new Browser()));

test("a browser is known again at its next visit", async () => {
  const first = await browser.open();
  browser.close(1);
  expect(await browser.open()).toBe(first);
});

test("tabs that are open at once have ids of their own, and no more than there are tabs", async () => {
  const first = await browser.open();
  const second = await browser.open();
  expect(second).not.toBe(first);
  browser.close(1);
  expect(await browser.open()).toBe(first);
  browser.close(2);
  expect(await browser.open()).toBe(second);
});

test("two tabs that come back at the same moment do not become one", async () => {
  await browser.open();
  browser.close(1);
  const [one, other] = await Promise.all([browser.open(), browser.open()]);
  expect(one).not.toBe(other);
});

test("without a way between tabs, and with nonsense kept, there still is an id", async () => {
  browser.storage.write("devices", "{");
  const id = await browser.claim(null);
  expect(await browser.claim(null)).toBe(id);
});
