import { expect, test } from "vitest";

import { memoryStorage } from "@/test/memoryStorage";

import { SoundSettings } from "./soundSettings";

test("what was chosen is there at the next visit", () => {
  const storage = memoryStorage();
  const settings = new SoundSettings(storage);
  settings.setLevelling("album");
  settings.setCrossfade(4);
  expect(new SoundSettings(storage).snapshot()).toEqual({ levelling: "album", crossfade: 4 });
});

test("nonsense that is kept counts as nothing chosen", () => {
  const storage = memoryStorage({ levelling: "loud", crossfade: "3.5" });
  expect(new SoundSettings(storage).snapshot()).toEqual({ levelling: "off", crossfade: 0 });
});
