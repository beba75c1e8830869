import { readUserAgent } from "@/lib/userAgent";
import { deviceStorage } from "@/lib/storage";

import { claimDevice, type Tabs } from "./deviceClaim";

/** How this browser is shown among one's devices. */
export function thisDevice(): { name: string; kind: "phone" | "tablet" | "web" } {
  const { browser, system } = readUserAgent(navigator.userAgent);
  const name = [browser, system].filter((part) => part !== "").join(" · ");
  if (system === "iPhone") return { name, kind: "phone" };
  if (system === "iPad") return { name, kind: "tablet" };
  const small = Math.min(window.screen.width, window.screen.height) < 600;
  if (system === "Android") return { name, kind: small ? "phone" : "tablet" };
  return { name: name === "" ? "Browser" : name, kind: "web" };
}

let claimed: Promise<string> | undefined;

/** The id by which this tab is known to the server, for as long as the page is there. */
export function deviceIdHere(): Promise<string> {
  claimed ??= claimDevice({
    storage: deviceStorage,
    tabs: tabsHere(),
    newId,
    wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  });
  return claimed;
}

function tabsHere(): Tabs | null {
  if (typeof BroadcastChannel === "undefined") return null;
  const channel = new BroadcastChannel("hathor.devices");
  return {
    post: (message) => channel.postMessage(message),
    listen: (hear) => channel.addEventListener("message", ({ data }) => hear(data)),
  };
}

/** 128 random bits; randomUUID is only there in secure contexts. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
