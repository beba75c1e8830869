import { beforeEach, expect, test } from "vitest";

import { FakeEngine } from "@/test/fakeEngine";
import { memoryStorage } from "@/test/memoryStorage";
import { tracks } from "@/test/tracks";

import { Player } from "./player";
import { PLAIN, SongVibes } from "./songVibes";

const slowed = { speed: 0.85, pitch: -2 };
const fast = { speed: 1.5, pitch: 0 };

let storage = memoryStorage();

beforeEach(() => {
  storage = memoryStorage();
});

function visit() {
  const engine = new FakeEngine();
  const player = new Player({ engine, storage });
  return { engine, player, vibes: new SongVibes(player, storage) };
}

test("a vibe holds for the visit, over every change of song, and not for the next visit", () => {
  const { engine, player, vibes } = visit();
  player.playTracks(tracks(1, 2));
  vibes.set(fast);
  engine.finish();
  expect(engine.vibe).toEqual(fast);
  expect(player.snapshot().vibe).toEqual(fast);
  const later = visit();
  later.player.playTracks(tracks(1));
  expect(later.engine.vibe).toEqual(PLAIN);
});

test("one that is kept for a song comes with it, also on another visit, and with no other song", () => {
  const first = visit();
  first.player.playTracks(tracks(1, 2));
  first.vibes.set(slowed);
  first.vibes.keep(true);
  first.engine.finish();
  expect(first.engine.vibe).toEqual(PLAIN);
  const later = visit();
  later.player.playTracks(tracks(2, 1));
  expect(later.engine.vibe).toEqual(PLAIN);
  later.player.next();
  expect(later.engine.vibe).toEqual(slowed);
  expect(later.vibes.kept()).toBe(true);
});

test("what is changed on a song that keeps its own is kept with it", () => {
  const { engine, player, vibes } = visit();
  player.playTracks(tracks(1, 2));
  vibes.keep(true);
  vibes.set(fast);
  player.next();
  expect(engine.vibe).toEqual(PLAIN);
  player.previous();
  expect(engine.vibe).toEqual(fast);
});

test("a song that no longer keeps its own sounds on as it does, as do the songs behind it", () => {
  const { engine, player, vibes } = visit();
  player.playTracks(tracks(1, 2));
  vibes.set(slowed);
  vibes.keep(true);
  vibes.keep(false);
  expect(vibes.kept()).toBe(false);
  player.next();
  expect(engine.vibe).toEqual(slowed);
  expect(storage.read("vibe.1")).toBeNull();
});

test("the newest 500 are kept", () => {
  const { player, vibes } = visit();
  for (let id = 1; id <= 502; id += 1) {
    player.playTracks(tracks(id));
    vibes.set(slowed);
    vibes.keep(true);
  }
  expect(storage.read("vibe.2")).toBeNull();
  expect(storage.read("vibe.3")).toBe("0.85 -2");
  expect(storage.read("vibes")?.split(" ")).toHaveLength(500);
});

test("what somebody wrote into the storage does no harm", () => {
  storage.write("vibe.1", "fast");
  storage.write("vibe.2", "9 -40");
  const { engine, player } = visit();
  player.playTracks(tracks(1, 2));
  expect(engine.vibe).toEqual(PLAIN);
  player.next();
  expect(engine.vibe).toEqual({ speed: 2, pitch: -12 });
});
