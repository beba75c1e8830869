import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { memoryStorage } from "@/test/memoryStorage";

import { type SleepPlayer, SleepTimer } from "./sleepTimer";

/** A player that notes what it was told. */
class FakePlayer implements SleepPlayer {
  pauses = 0;
  fade = 1;
  holds = false;
  left: number | null = 200;
  private held: () => void = () => undefined;

  pause(): void {
    this.pauses += 1;
  }
  fadeTo(share: number): void {
    this.fade = share;
  }
  holdAfterCurrent(on: boolean): void {
    this.holds = on;
  }
  onHeld(listener: () => void) {
    this.held = listener;
    return () => undefined;
  }
  secondsLeft(): number | null {
    return this.left;
  }
  songEnds(): void {
    this.held();
  }
}

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

function start(storage = memoryStorage()) {
  const player = new FakePlayer();
  return { player, storage, timer: new SleepTimer(player, storage) };
}

const MINUTES = 60_000;

test("after the chosen time it is silent, and the volume is back for the morning", () => {
  const { player, timer, storage } = start();
  timer.set(15);
  expect(timer.snapshot().left).toBe(900);
  vi.advanceTimersByTime(15 * MINUTES - 20_000);
  expect(player).toMatchObject({ pauses: 0, fade: 1 });
  expect(timer.snapshot().left).toBe(20);
  vi.advanceTimersByTime(15_000);
  expect(player.fade).toBeCloseTo(0.5);
  vi.advanceTimersByTime(5_000);
  expect(player).toMatchObject({ pauses: 1, fade: 1 });
  expect(timer.snapshot()).toEqual({ sleep: { kind: "off" }, left: null });
  expect(storage.read("sleep")).toBeNull();
  vi.advanceTimersByTime(60 * MINUTES);
  expect(player.pauses).toBe(1);
});

test("taken back in the last seconds, the volume returns and the music goes on", () => {
  const { player, timer } = start();
  timer.set(15);
  vi.advanceTimersByTime(15 * MINUTES - 4_000);
  expect(player.fade).toBeCloseTo(0.4);
  timer.cancel();
  vi.advanceTimersByTime(MINUTES);
  expect(player).toMatchObject({ pauses: 0, fade: 1 });
});

test("a machine that slept past the time stops as soon as it wakes", () => {
  const { player, timer } = start();
  timer.set(30);
  vi.setSystemTime(Date.now() + 40 * MINUTES);
  vi.advanceTimersByTime(250);
  expect(player.pauses).toBe(1);
});

test("a reload keeps the moment, and one that has passed is forgotten", () => {
  const { storage, timer } = start();
  timer.set(45);
  vi.advanceTimersByTime(10 * MINUTES);
  const again = start(storage);
  expect(again.timer.snapshot().left).toBe(35 * 60);
  vi.setSystemTime(Date.now() + 60 * MINUTES);
  const late = start(storage);
  expect(late.timer.snapshot().sleep).toEqual({ kind: "off" });
  expect(late.player.pauses).toBe(0);
  expect(storage.read("sleep")).toBeNull();
});

test("the end of the song holds the player and fades with the song", () => {
  const { player, timer, storage } = start();
  timer.set("endOfSong");
  expect(player.holds).toBe(true);
  expect(start(storage).player.holds).toBe(true);
  player.left = 2.5;
  vi.advanceTimersByTime(250);
  expect(player.fade).toBeCloseTo(0.25);
  player.songEnds();
  expect(player).toMatchObject({ holds: false, fade: 1 });
  expect(timer.snapshot().sleep).toEqual({ kind: "off" });
});

test("listeners hear of each second, not of each step", () => {
  const { timer } = start();
  let told = 0;
  timer.set(15);
  timer.subscribe(() => (told += 1));
  vi.advanceTimersByTime(10_000);
  expect(told).toBe(10);
});

test("what is stored and means nothing is as if nothing was set", () => {
  const storage = memoryStorage();
  storage.write("sleep", "tomorrow");
  expect(start(storage).timer.snapshot().sleep).toEqual({ kind: "off" });
});
