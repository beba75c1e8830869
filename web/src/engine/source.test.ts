import { beforeEach, expect, test, vi } from "vitest";

import type { Quality } from "@/lib/quality";
import { track } from "@/test/tracks";

import { type Ability, SourceChooser } from "./source";

const offers = [
  { format: "opus", mediaType: 'audio/ogg; codecs="opus"' },
  { format: "mp3", mediaType: "audio/mpeg" },
];

let quality: Quality;
let played: string[];

const ability = vi.fn<() => Promise<Ability>>();
const delay = vi.fn<(ms: number) => Promise<void>>();

beforeEach(() => {
  quality = "original";
  played = ["audio/mpeg", "audio/flac", "audio/ogg"];
  ability.mockReset().mockResolvedValue({ formats: offers });
  delay.mockReset().mockResolvedValue();
});

const chooser = () =>
  new SourceChooser({
    quality: () => quality,
    ability,
    canPlay: (mediaType) => (played.some((one) => mediaType.startsWith(one)) ? "probably" : ""),
    address: ({ id }, query) => `/${id}?${query}`,
    delay,
  });

const choose = async (change: Parameters<typeof track>[1], seconds = 0, attempt = 0) =>
  (await chooser().choose(track(1, change), seconds, attempt)).url;

test("the file itself, unless something else is wanted; the server is not even asked", async () => {
  expect(await choose({ format: "flac" }, 30)).toBe("/1?");
  expect(ability).not.toHaveBeenCalled();
});

test.each(["alac", "wv", "ape", "wma", "dsd", "something new"])(
  "%s, which the browser does not play, comes converted",
  async (format) => {
    expect(await choose({ format })).toBe("/1?format=opus&bitRate=160");
  },
);

test("a browser without Opus gets MP3", async () => {
  played = ["audio/mpeg"];
  expect(await choose({ format: "alac" })).toBe("/1?format=mp3&bitRate=256");
});

test.each([
  ["high", 900, "/1?format=opus&bitRate=160"],
  ["high", 128, "/1?"],
  ["saver", 128, "/1?format=opus&bitRate=64"],
  ["saver", 64, "/1?"],
] as const)("with %s a song of %i kbit/s is %s", async (chosen, bitRate, url) => {
  quality = chosen;
  expect(await choose({ format: "mp3", bitRate })).toBe(url);
});

test("from a second on, and never from behind the end", async () => {
  const at = async (seconds: number) =>
    chooser().choose(track(1, { format: "alac", duration: 200 }), seconds, 0);
  expect(await at(61.2345)).toEqual({
    url: "/1?format=opus&bitRate=160&start=61.234",
    start: 61.234,
    converted: true,
  });
  expect((await at(500)).start).toBe(199.5);
});

test("a server that cannot convert, or cannot be asked, gives files as they are", async () => {
  quality = "saver";
  ability.mockResolvedValueOnce({ formats: [] });
  expect(await choose({})).toBe("/1?");
  ability.mockRejectedValueOnce(new Error("away"));
  expect(await choose({})).toBe("/1?");
});

test("a server that could not be asked is asked again, one that answered is not", async () => {
  quality = "saver";
  ability.mockRejectedValueOnce(new Error("away"));
  const one = chooser();
  for (let i = 0; i < 3; i += 1) await one.choose(track(1), 0, 0);
  expect(ability).toHaveBeenCalledTimes(2);
});

test("a conversion that failed is tried again a little later, then comes the file where it can be played", async () => {
  quality = "high";
  expect(await choose({ format: "flac" }, 20, 1)).toBe("/1?format=opus&bitRate=160&start=20");
  expect(delay).toHaveBeenCalledOnce();
  expect(await choose({ format: "flac" }, 20, 2)).toBe("/1?");
  expect(await choose({ format: "alac" }, 0, 2)).toBe("/1?format=opus&bitRate=160");
  await expect(choose({ format: "alac" }, 0, 3)).rejects.toThrow("no source");
});
