import { readUserAgent } from "@/lib/userAgent";

/** What a certificate is installed on; Firefox keeps a list of its own on computers. */
export const DEVICES = ["android", "ios", "macos", "windows", "linux", "firefox"] as const;
export type Device = (typeof DEVICES)[number];

const SYSTEMS: Record<string, Device> = {
  Android: "android",
  iPhone: "ios",
  iPad: "ios",
  macOS: "macos",
  Windows: "windows",
  Linux: "linux",
};

/** The device that asks, as far as its browser says. */
export function guessDevice(userAgent: string): Device {
  const { browser, system } = readUserAgent(userAgent);
  const known = SYSTEMS[system] ?? "linux";
  return browser === "Firefox" && known !== "ios" ? "firefox" : known;
}
