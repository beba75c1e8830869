import { beforeEach, describe, expect, test } from "vitest";

import { FakeTiming } from "@/test/fakeTiming";
import { track } from "@/test/tracks";

import { SilentEngine } from "./silentEngine";

let timing: FakeTiming;
let engine: SilentEngine;
let told: string[];

beforeEach(() => {
  timing = new FakeTiming();
  engine = new SilentEngine(timing);
  told = [];
  engine.on("state", ({ kind }) => told.push(kind));
  engine.on("advanced", ({ title }) => told.push(`on to ${title}`));
  engine.on("ended", ({ title }) => told.push(`end of ${title}`));
  engine.on("progress", () => told.push("progress"));
});

const seconds = () => engine.position().seconds;

describe("the position", () => {
  test("moves with the clock while it plays, and only then", () => {
    engine.load(track(1), { autoplay: true, position: 30 });
    timing.pass(5);
    expect(seconds()).toBe(35);
    engine.pause();
    timing.pass(60);
    expect(seconds()).toBe(35);
    engine.play();
    timing.pass(1);
    expect(seconds()).toBe(36);
  });

  test("goes where it is told, even before the start", () => {
    engine.load(track(1), { autoplay: true });
    engine.seek(120);
    timing.pass(2);
    expect(seconds()).toBe(122);
    engine.seek(-5);
    expect(seconds()).toBe(0);
  });
});

describe("the end of a song", () => {
  test("is followed by the next one at that moment", () => {
    engine.load(track(1, { duration: 200 }), { autoplay: true, position: 190 });
    engine.setNext(track(2));
    timing.pass(13);
    expect(told).toEqual(["playing", "on to Song 2"]);
    expect(seconds()).toBe(3);
  });

  test("without a next one stands still there", () => {
    engine.load(track(1, { duration: 200 }), { autoplay: true });
    timing.pass(500);
    expect(told).toEqual(["playing", "paused", "end of Song 1"]);
    expect(seconds()).toBe(200);
  });

  test("is waited for anew after a seek and a pause", () => {
    engine.load(track(1, { duration: 200 }), { autoplay: true });
    engine.setNext(track(2));
    engine.seek(100);
    timing.pass(99);
    engine.pause();
    timing.pass(1000);
    engine.play();
    timing.pass(0.5);
    expect(told).toEqual(["playing", "paused", "playing"]);
    timing.pass(0.5);
    expect(told).toContain("on to Song 2");
  });

  test("does not come for a song of unknown length, nor after it was taken out", () => {
    engine.load(track(1, { duration: 0 }), { autoplay: true });
    timing.pass(1000);
    engine.load(track(2), { autoplay: true });
    engine.unload();
    timing.pass(1000);
    expect(told).toEqual(["playing", "playing", "idle"]);
  });
});
