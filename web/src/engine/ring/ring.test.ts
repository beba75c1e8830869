import { beforeEach, expect, test } from "vitest";

import type { FromRing, Told } from "./messages";
import { Ring } from "./ring";

const RATE = 48_000;
const QUANTUM = 128;

let ring: Ring;
let told: Told[];
let filled: FromRing[];
let frame: number;

beforeEach(() => {
  told = [];
  filled = [];
  frame = 0;
  ring = new Ring(RATE, { tell: (one) => told.push(one), filled: (one) => filled.push(one) });
});

const reports = () => told.filter((one) => one.kind === "report");
const ramp = (from: number, length: number) =>
  Float32Array.from({ length }, (_, at) => (from + at) / 2 ** 20);

/** Samples of a track that count up from a number, so that each says which one it is. */
function give(
  generation: number,
  key: number,
  length: number,
  { from = 1, overlap = 0, sample = 0, sampleRate = RATE, gain = 1 } = {},
) {
  ring.take({ kind: "segment", generation, key, sample, sampleRate, gain, overlap });
  ring.take({ kind: "frames", generation, left: ramp(from, length), right: ramp(from, length) });
}

function render(frames: number): number[] {
  const out: number[] = [];
  for (let done = 0; done < frames; done += QUANTUM) {
    const dry = [new Float32Array(QUANTUM), new Float32Array(QUANTUM)];
    ring.render(frame, dry, [new Float32Array(QUANTUM), new Float32Array(QUANTUM)]);
    frame += QUANTUM;
    out.push(...(dry[0] ?? []));
  }
  return out.map((value) => Math.round(value * 2 ** 20 * 100) / 100);
}

function play(frames = 20_000) {
  ring.command({ kind: "load", generation: 1, keep: false });
  give(1, 1, frames);
  ring.command({ kind: "play", frame: null });
}

test("nothing sounds before there is enough, then the first sample is the first", () => {
  ring.command({ kind: "load", generation: 1, keep: false });
  ring.command({ kind: "play", frame: null });
  give(1, 1, 5000);
  expect(render(QUANTUM).every((sample) => sample === 0)).toBe(true);
  ring.take({ kind: "frames", generation: 1, left: ramp(5001, 6000), right: ramp(5001, 6000) });
  expect(render(QUANTUM).slice(0, 3)).toEqual([1, 2, 3]);
});

test("tracks follow each other sample by sample, and the ring says when", () => {
  play(10_000);
  give(1, 2, 10_000, { from: 10_001 });
  const out = render(12_800);
  expect(out.slice(9998, 10_003)).toEqual([9999, 10_000, 10_001, 10_002, 10_003]);
  expect(told.filter((one) => one.kind === "passed")).toEqual([{ kind: "passed", generation: 1, key: 2 }]);
  expect(reports().at(-1)).toMatchObject({ key: 2, state: "playing" });
});

test("a crossfade lets both sound, and the next one goes on without a step", () => {
  play(10_000);
  give(1, 2, 10_000, { from: 1, overlap: 2000 / RATE });
  const out = render(12_800);
  expect(out[7999]).toBe(8000);
  expect(out[10_000]).toBe(2001);
  expect(out[9000]).toBeCloseTo((9001 + 1001) * Math.SQRT1_2, -1);
});

test("a track that is taken out again makes room for another", () => {
  play(10_000);
  give(1, 2, 5000, { from: 1 });
  ring.take({ kind: "cut", generation: 1, key: 2 });
  give(1, 3, 5000, { from: 10_001 });
  expect(render(12_800).slice(9999, 10_002)).toEqual([10_000, 10_001, 10_002]);
  expect(told.find((one) => one.kind === "passed")).toMatchObject({ key: 3 });
});

test("what is late from an earlier load is dropped", () => {
  play();
  ring.command({ kind: "load", generation: 2, keep: false });
  ring.take({ kind: "frames", generation: 1, left: ramp(1, 9000), right: ramp(1, 9000) });
  give(2, 2, 20_000, { from: 300_000 });
  expect(render(QUANTUM)[0]).toBe(300_000);
});

test("a seek keeps the old sound until the new one is there", () => {
  play();
  render(2560);
  ring.command({ kind: "load", generation: 2, keep: true });
  expect(render(QUANTUM)[0]).toBe(2561);
  give(2, 1, 20_000, { from: 500_001, sample: 500_000 });
  render(QUANTUM * 5);
  expect(render(QUANTUM)[0]).toBe(500_001 + QUANTUM * 5);
  expect(filled.at(-1)?.generation).toBe(2);
});

test("it starts at the frame that was ordered, within a quantum", () => {
  ring.command({ kind: "load", generation: 1, keep: false });
  give(1, 1, 20_000);
  ring.command({ kind: "play", frame: 300 });
  const out = render(384);
  expect(out.slice(298, 302)).toEqual([0, 0, 1, 2]);
});

test("a start that is ordered too late starts as far into the music", () => {
  ring.command({ kind: "load", generation: 1, keep: false });
  give(1, 1, 20_000);
  render(1280);
  ring.command({ kind: "play", frame: 280 });
  render(QUANTUM * 8);
  expect(render(QUANTUM)[0]).toBe(1001 + QUANTUM * 8);
});

test("an empty ring is an underrun, and goes on once there is a second", () => {
  play(10_000);
  render(10_240);
  expect(reports().at(-1)).toMatchObject({ state: "waiting", underruns: 1 });
  ring.take({ kind: "frames", generation: 1, left: ramp(10_001, 60_000), right: ramp(10_001, 60_000) });
  render(2560);
  expect(reports().at(-1)).toMatchObject({ state: "playing", underruns: 1 });
});

test("the end is no underrun", () => {
  play(10_000);
  ring.take({ kind: "end", generation: 1 });
  const out = render(12_800);
  expect(out.slice(9998, 10_001)).toEqual([9999, 10_000, 0]);
  expect(reports().at(-1)).toMatchObject({ state: "ended", underruns: 0, sample: 10_000 });
});

test("a track of another rate is resampled, and its samples are counted in its own", () => {
  ring.command({ kind: "load", generation: 1, keep: false });
  give(1, 1, 40_000, { sampleRate: 44_100 });
  ring.command({ kind: "play", frame: null });
  const out = render(4800);
  expect(out[4000]).toBeCloseTo(1 + (4000 * 44_100) / RATE, 0);
  expect(reports().at(-1)).toMatchObject({ sampleRate: 44_100 });
});

test("gain and volume multiply", () => {
  ring.command({ kind: "load", generation: 1, keep: false });
  give(1, 1, 20_000, { gain: 0.5 });
  ring.command({ kind: "volume", amplitude: 0.5 });
  ring.command({ kind: "play", frame: null });
  expect(render(2560)[2000]).toBeCloseTo(2001 / 4, 1);
});
