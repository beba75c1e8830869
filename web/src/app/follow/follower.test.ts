import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { followDevice } from "@/test/followDevice";
import { PlaybackHouse } from "@/test/playbackHouse";
import { tracks } from "@/test/tracks";

import type { Follower } from "./follower";

let open: Follower[] = [];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const follower of open) follower.stop();
  open = [];
  vi.useRealTimers();
});

/** A device that is put away after the test. */
async function device(house: PlaybackHouse, deviceId: string) {
  const made = await followDevice(house, deviceId);
  open.push(made.follower);
  return made;
}

/** Long enough for what was just done to arrive everywhere. */
const moment = () => vi.advanceTimersByTimeAsync(300);
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

const queueOf = (...ids: number[]) => ids.map((songId, at) => ({ songId, entryId: at + 1 }));

describe("one device", () => {
  test("stands where the last visit stopped, silent", async () => {
    const house = new PlaybackHouse({
      queue: queueOf(1, 2, 3),
      queueIndex: 1,
      position: 61_500,
      repeat: "all",
      shuffle: true,
    });
    const desk = await device(house, "desk");
    expect(desk.ids()).toEqual([1, 2, 3]);
    expect(desk.player.snapshot()).toMatchObject({ wantsToPlay: false, queue: { index: 1, repeat: "all" } });
    expect(desk.at()).toBe(61.5);
    expect(house.writes).toEqual([]);
  });

  test("leaves out songs that are gone; the next one is current, from its start", async () => {
    const house = new PlaybackHouse({ queue: queueOf(1, 404, 3), queueIndex: 1, position: 9000 });
    const desk = await device(house, "desk");
    expect(desk.ids()).toEqual([1, 3]);
    expect(desk.title()).toBe("Song 3");
    expect(desk.at()).toBe(0);
  });

  test("writes what is played, and that it is played here", async () => {
    const house = new PlaybackHouse({ revision: 3 });
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2), 1);
    await moment();
    expect(house.state).toMatchObject({
      currentSongId: 2,
      queueIndex: 1,
      isPlaying: true,
      activeDeviceId: "desk",
    });
    expect(house.state.queue.map(({ songId }) => songId)).toEqual([1, 2]);
    await pass(60);
    expect(house.writes).toHaveLength(1);
    desk.player.pause();
    await moment();
    expect(house.state).toMatchObject({ isPlaying: false });
    expect(house.writes[1]?.queue).toBeUndefined();
  });

  test("sends what is done to the queue as edits", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2, 3));
    await moment();
    desk.player.append(tracks(4, 5));
    await moment();
    desk.player.remove(desk.keys()[1] ?? 0);
    await moment();
    expect(house.edits.map(({ op }) => op)).toEqual(["insert", "remove"]);
    expect(house.state.queue.map(({ songId }) => songId)).toEqual([1, 3, 4, 5]);
    expect(desk.keys()).toEqual(house.state.queue.map(({ entryId }) => entryId));
    expect(desk.sounding()).toBe(true);
  });

  test("writes later what it could not write at once", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    house.away = true;
    desk.player.playTracks(tracks(1));
    await moment();
    house.away = false;
    await pass(10);
    expect(house.state).toMatchObject({ currentSongId: 1, isPlaying: true });
  });

  test("says that it stopped when its page ends", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1));
    await pass(5);
    desk.follower.flush(true);
    await moment();
    expect(house.state).toMatchObject({ isPlaying: false });
    expect(Math.round(house.state.position / 100)).toBe(50);
  });

  test("saves nothing after signing out", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1));
    await moment();
    const writes = house.writes.length;
    desk.player.reset();
    desk.follower.stop();
    desk.player.playTracks(tracks(2));
    await pass(20);
    expect(house.writes).toHaveLength(writes);
  });
});

describe("two devices", () => {
  test("one plays, the other shows it without a sound", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2));
    await pass(30);
    const phone = await device(house, "phone");
    expect(phone.title()).toBe("Song 1");
    expect(phone.plays()).toBe(true);
    expect(phone.sounding()).toBe(false);
    expect(Math.abs(phone.at() - desk.at())).toBeLessThan(0.2);
    await pass(175);
    expect(phone.title()).toBe("Song 2");
    expect(Math.abs(phone.at() - desk.at())).toBeLessThan(0.2);
    expect(house.state.writtenBy).toBe("desk");
  });

  test("the silent one controls the other", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2, 3));
    await moment();
    const phone = await device(house, "phone");
    phone.player.next();
    await moment();
    expect(desk.title()).toBe("Song 2");
    expect(desk.sounding()).toBe(true);
    phone.player.seek(100);
    await moment();
    expect(Math.abs(desk.at() - 100)).toBeLessThan(0.6);
    phone.player.pause();
    await moment();
    expect(desk.plays()).toBe(false);
    phone.player.play();
    phone.player.setVolume(0.3);
    await moment();
    expect(desk.sounding()).toBe(true);
    expect(phone.sounding()).toBe(false);
    expect(desk.player.snapshot().volume).toBe(0.3);
    phone.player.append(tracks(9));
    await moment();
    expect(desk.ids()).toEqual([1, 2, 3, 9]);
    expect(desk.keys()).toEqual(phone.keys());
    expect(house.state.activeDeviceId).toBe("desk");
  });

  test("both edit the queue at once, and nothing is lost", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2, 3));
    await moment();
    const phone = await device(house, "phone");
    desk.player.append(tracks(7));
    phone.player.playNext(tracks(8));
    phone.player.pause();
    await moment();
    await moment();
    expect(desk.ids().sort()).toEqual([1, 2, 3, 7, 8]);
    expect(phone.ids()).toEqual(desk.ids());
    expect(desk.keys()).toEqual(phone.keys());
    expect(desk.plays()).toBe(false);
  });

  test("the music moves from one to the other, and the first falls silent once it sounds there", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2));
    await pass(50);
    const phone = await device(house, "phone");
    house.transfer("phone");
    await moment();
    expect(house.state.activeDeviceId).toBe("phone");
    expect([desk.sounding(), phone.sounding()]).toEqual([false, true]);
    expect(Math.abs(phone.at() - 50)).toBeLessThan(1.5);
    phone.player.next();
    await moment();
    expect(desk.title()).toBe("Song 2");
    desk.follower.playHere();
    await moment();
    expect([desk.sounding(), phone.sounding()]).toEqual([true, false]);
    expect(desk.title()).toBe("Song 2");
  });

  test("one that slept does what was done meanwhile, and its own queue does not come back", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2));
    await moment();
    const phone = await device(house, "phone");
    desk.deafen();
    phone.follower.playHere();
    await moment();
    phone.player.playTracks(tracks(5, 6), 1);
    await pass(5);
    desk.follower.hear({ state: house.snapshot() });
    await moment();
    expect(desk.ids()).toEqual([5, 6]);
    expect(desk.sounding()).toBe(false);
    expect(phone.sounding()).toBe(true);
    expect(house.state.queue.map(({ songId }) => songId)).toEqual([5, 6]);
  });

  test("one that slept and is used before it knows: the newer queue stays", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2));
    await moment();
    desk.player.pause();
    await moment();
    const phone = await device(house, "phone");
    desk.deafen();
    phone.follower.playHere();
    phone.player.playTracks(tracks(5, 6));
    await moment();
    desk.player.play();
    await moment();
    expect(house.state.queue.map(({ songId }) => songId)).toEqual([5, 6]);
    expect(desk.ids()).toEqual([5, 6]);
    expect([desk.sounding(), phone.sounding()]).toEqual([false, true]);
  });

  test("what another device played and left stands ready, and plays here when asked to", async () => {
    const house = new PlaybackHouse({
      queue: queueOf(1, 2),
      queueIndex: 0,
      isPlaying: true,
      activeDeviceId: "car",
      position: 5000,
    });
    const desk = await device(house, "desk");
    expect(desk.plays()).toBe(false);
    desk.player.play();
    await moment();
    expect(house.state).toMatchObject({ activeDeviceId: "desk", isPlaying: true });
    expect(desk.sounding()).toBe(true);
  });

  test("when the active one stays away, the music stands where it left, and plays on here when asked to", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2));
    await pass(20);
    const phone = await device(house, "phone");
    desk.follower.stop();
    phone.follower.hearOnline(new Set(["phone"]));
    await pass(9);
    expect(phone.plays()).toBe(true);
    await pass(2);
    expect(phone.plays()).toBe(false);
    expect(house.state).toMatchObject({ activeDeviceId: null, isPlaying: false });
    expect(Math.abs(phone.at() - 20)).toBeLessThan(1);
    phone.player.play();
    await moment();
    expect(phone.sounding()).toBe(true);
    expect(house.state.activeDeviceId).toBe("phone");
  });

  test("one that was away for a moment, or only unheard, plays on", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2));
    await moment();
    const phone = await device(house, "phone");
    phone.follower.hearOnline(new Set(["phone"]));
    await pass(5);
    phone.follower.hearOnline(new Set(["phone", "desk"]));
    await pass(20);
    expect(house.state.activeDeviceId).toBe("desk");
    desk.deafen();
    phone.follower.hearOnline(new Set(["phone"]));
    await pass(11);
    expect(house.state.activeDeviceId).toBeNull();
    desk.follower.hear({ state: house.snapshot() });
    await moment();
    expect(house.state).toMatchObject({ activeDeviceId: "desk", isPlaying: true });
    expect([desk.sounding(), phone.plays()]).toEqual([true, true]);
  });

  test("a device whose browser does not let it play gives the music back, and nobody is paused", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2));
    await pass(20);
    const phone = await device(house, "phone");
    phone.block();
    house.transfer("phone");
    await pass(12);
    expect(house.state).toMatchObject({ activeDeviceId: "desk", isPlaying: true });
    expect([desk.sounding(), phone.sounding(), phone.plays()]).toEqual([true, false, true]);
    expect(Math.abs(phone.at() - desk.at())).toBeLessThan(0.6);
  });

  test("paused music moves as well, and plays where it was moved to", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2));
    await pass(20);
    desk.player.pause();
    await moment();
    const phone = await device(house, "phone");
    house.transfer("phone");
    await moment();
    expect(house.state).toMatchObject({ activeDeviceId: "phone", isPlaying: false });
    desk.player.play();
    await moment();
    expect([desk.sounding(), phone.sounding()]).toEqual([false, true]);
    expect(Math.abs(phone.at() - 20)).toBeLessThan(1);
  });

  test("a muted device stays muted when another writes", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2, 3));
    await moment();
    desk.player.toggleMute();
    const phone = await device(house, "phone");
    phone.player.next();
    await moment();
    expect(desk.player.snapshot()).toMatchObject({ muted: true, track: { id: 2 } });
  });

  test("a song that the server refuses makes nobody deaf", async () => {
    const house = new PlaybackHouse();
    const desk = await device(house, "desk");
    desk.player.playTracks(tracks(1, 2));
    await moment();
    const phone = await device(house, "phone");
    house.refused = 99;
    desk.player.append(tracks(99));
    await moment();
    expect(desk.ids()).toEqual([1, 2]);
    phone.player.pause();
    await moment();
    expect(desk.plays()).toBe(false);
  });
});
