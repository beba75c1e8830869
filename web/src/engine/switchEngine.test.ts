import { beforeEach, describe, expect, test } from "vitest";

import { FakeEngine } from "@/test/fakeEngine";
import { FakeTiming } from "@/test/fakeTiming";
import { track } from "@/test/tracks";

import { SilentEngine } from "./silentEngine";
import { SwitchEngine } from "./switchEngine";

let timing: FakeTiming;
let sounding: FakeEngine;
let engine: SwitchEngine;
let told: string[];

beforeEach(() => {
  timing = new FakeTiming();
  sounding = new FakeEngine();
  engine = new SwitchEngine(sounding, new SilentEngine(timing));
  told = [];
  engine.on("state", ({ kind }) => told.push(kind));
  engine.on("advanced", ({ title }) => told.push(`on to ${title}`));
});

describe("going silent", () => {
  test("takes the song, its place and the next one along", () => {
    engine.load(track(1), { autoplay: true, position: 190 });
    engine.setNext(track(2));
    engine.setSounding(false);
    expect(sounding.track).toBeNull();
    expect(engine.state()).toEqual({ kind: "playing" });
    timing.pass(11);
    expect(told).toContain("on to Song 2");
    expect(engine.position().seconds).toBe(1);
  });

  test("keeps what the engine left behind to itself", () => {
    engine.load(track(1), { autoplay: true });
    engine.setSounding(false);
    told = [];
    sounding.fail("network");
    expect(told).toEqual([]);
  });

  test("of a paused song stays paused", () => {
    engine.load(track(1), { autoplay: false, position: 12 });
    engine.setSounding(false);
    timing.pass(60);
    expect(engine.position().seconds).toBe(12);
  });
});

describe("sounding again", () => {
  test("starts where the clock has come to, with the song of then", () => {
    engine.setSounding(false);
    engine.load(track(1), { autoplay: true, position: 195 });
    engine.setNext(track(2));
    timing.pass(25);
    engine.setNext(track(3));
    engine.setSounding(true);
    expect(sounding.loads).toEqual([{ track: track(2), options: { autoplay: true, position: 20 } }]);
    expect(sounding.next).toEqual(track(3));
  });

  test("with nothing loaded loads nothing", () => {
    engine.setSounding(false);
    engine.setSounding(true);
    expect(sounding.loads).toEqual([]);
    expect(engine.sounds()).toBe(true);
  });
});

test("the volume is always that of the sound here", () => {
  engine.setSounding(false);
  engine.setVolume(0.3);
  expect(sounding.volume).toBe(0.3);
});
