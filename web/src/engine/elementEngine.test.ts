import { beforeEach, expect, test, vi } from "vitest";

import { FakeElement } from "@/test/fakeElement";
import { track } from "@/test/tracks";

import { ElementEngine } from "./elementEngine";
import type { EngineEvents, Source, SourceResolver, Track } from "./types";

let elements: FakeElement[];
let engine: ElementEngine;
let log: string[];

const resolve = vi.fn<SourceResolver>();

/** The file of a song, as it is. */
const original = (track: Track): Source => ({ url: `/stream/${track.id}`, start: 0, converted: false });

beforeEach(() => {
  elements = [];
  log = [];
  resolve.mockReset().mockImplementation((track) => Promise.resolve(original(track)));
  engine = new ElementEngine({
    createElement: () => {
      const element = new FakeElement();
      elements.push(element);
      return element;
    },
    resolve,
  });
  engine.on("state", (state) => log.push(state.kind === "error" ? `error ${state.reason}` : state.kind));
  for (const name of ["advanced", "ended"] satisfies (keyof EngineEvents)[]) {
    engine.on(name, (about) => log.push(`${name} ${about.id}`));
  }
});

/** The element that holds a track, once its address is known. */
async function holding(id: number): Promise<FakeElement> {
  return vi.waitUntil(() => elements.find((element) => element.src === `/stream/${id}`));
}

async function playing(id: number, duration = 200): Promise<FakeElement> {
  engine.load(track(id), { autoplay: true });
  const element = await holding(id);
  element.arrive(duration);
  return element;
}

test("loads and plays", async () => {
  await playing(1);
  expect(log).toEqual(["loading", "playing"]);
});

test("without autoplay it becomes ready at the wanted position", async () => {
  engine.load(track(1), { autoplay: false, position: 42 });
  expect(engine.position().seconds).toBe(42);
  const element = await holding(1);
  element.arrive(200);
  expect(log).toEqual(["loading", "ready"]);
  expect(element.currentTime).toBe(42);
});

test("tells the measured length", async () => {
  const lengths: number[] = [];
  engine.on("duration", (seconds) => lengths.push(seconds));
  await playing(1, 187.5);
  expect(lengths).toContain(187.5);
});

test("an address that comes late for another song is dropped", async () => {
  let late: (source: Source) => void = () => undefined;
  resolve.mockImplementationOnce(() => new Promise((done) => (late = done)));
  engine.load(track(1), { autoplay: true });
  await playing(2);
  late(original(track(1)));
  await Promise.resolve();
  expect(elements.some((element) => element.src === "/stream/1")).toBe(false);
  expect(engine.state().kind).toBe("playing");
});

test("the next song loads near the end and follows without a new load", async () => {
  const first = await playing(1);
  engine.setNext(track(2));
  first.reach(100);
  expect(resolve).toHaveBeenCalledTimes(1);
  first.reach(175);
  const second = await holding(2);
  expect(second).not.toBe(first);
  second.arrive(120);
  first.finish();
  expect(log.slice(2)).toEqual(["advanced 2", "loading", "playing"]);
  expect(second.paused).toBe(false);
  expect(resolve).toHaveBeenCalledTimes(2);
});

test("a next song that was not loaded in time is loaded then", async () => {
  const first = await playing(1);
  engine.setNext(track(2));
  first.finish();
  (await holding(2)).arrive(100);
  expect(log.slice(2)).toEqual(["advanced 2", "loading", "playing"]);
});

test("another next song takes the place of the loaded one", async () => {
  const first = await playing(1);
  engine.setNext(track(2));
  first.reach(175);
  await holding(2);
  engine.setNext(track(3));
  await holding(3);
  expect(elements.some((element) => element.src === "/stream/2")).toBe(false);
});

test("without a next song it ends", async () => {
  (await playing(1)).finish();
  expect(log.slice(2)).toEqual(["paused", "ended 1"]);
});

test.each([
  [2, "network"],
  [3, "damaged"],
  [4, "unsupported"],
])("media error %i is %s", async (code, reason) => {
  (await playing(1)).break(code);
  expect(log.at(-1)).toBe(`error ${reason}`);
});

test("a song without an address is unavailable", async () => {
  resolve.mockRejectedValueOnce(new Error("gone"));
  engine.load(track(1), { autoplay: true });
  await vi.waitFor(() => expect(log.at(-1)).toBe("error unavailable"));
});

test("a failure of the next song does not touch the current one", async () => {
  const first = await playing(1);
  engine.setNext(track(2));
  first.reach(180);
  (await holding(2)).break(4);
  expect(engine.state().kind).toBe("playing");
});

test("a browser that wants a gesture first blocks", async () => {
  elements.forEach((element) => {
    element.refusal = Object.assign(new Error("no"), { name: "NotAllowedError" });
  });
  engine.load(track(1), { autoplay: true });
  await vi.waitFor(() => expect(log.at(-1)).toBe("blocked"));
});

test("play after an error loads the song again", async () => {
  (await playing(1)).break(2);
  engine.play();
  (await holding(1)).arrive(200);
  expect(log.slice(2)).toEqual(["error network", "loading", "playing"]);
});

test("waiting for data is stalled, and the system's pause is a pause", async () => {
  const element = await playing(1);
  element.fire("waiting");
  element.fire("playing");
  element.pause();
  expect(log.slice(2)).toEqual(["stalled", "playing", "paused"]);
});

test("loading another song makes no pause of the first one", async () => {
  await playing(1);
  await playing(2);
  expect(log).toEqual(["loading", "playing", "loading", "playing"]);
});

test("loudness is squared and reaches both elements", () => {
  engine.setVolume(0.5);
  expect(elements.map((element) => element.volume)).toEqual([0.25, 0.25]);
});

test("seeking before the file is there waits for it", async () => {
  engine.load(track(1), { autoplay: true });
  engine.seek(30);
  const element = await holding(1);
  element.arrive(200);
  expect(element.currentTime).toBe(30);
});

test("unloading silences and forgets", async () => {
  const element = await playing(1);
  engine.unload();
  expect(element.src).toBe("");
  expect(engine.state().kind).toBe("idle");
});

/** A converted song, from the wanted second on. */
function convert(): void {
  resolve.mockImplementation((track, seconds) =>
    Promise.resolve({ url: `/opus/${track.id}/${seconds}`, start: seconds, converted: true }),
  );
}

async function converted(address: string): Promise<FakeElement> {
  return vi.waitUntil(() => elements.find((element) => element.src === `/opus/${address}`));
}

test("a converted song has the length of the library, whatever the element says", async () => {
  convert();
  const lengths: number[] = [];
  engine.on("duration", (seconds) => lengths.push(seconds));
  engine.load(track(1, { duration: 200 }), { autoplay: true });
  (await converted("1/0")).arrive(Number.POSITIVE_INFINITY);
  expect(lengths).toEqual([200]);
});

test("seeking in a converted song within what is there is the element's own", async () => {
  convert();
  engine.load(track(1), { autoplay: true, position: 60 });
  const element = await converted("1/60");
  element.arrive(Number.POSITIVE_INFINITY);
  element.reach(1);
  expect(engine.position().seconds).toBe(61);
  element.bufferedTo = 30;
  engine.seek(80);
  expect(element.currentTime).toBe(20);
  expect(engine.position().seconds).toBe(80);
  expect(resolve).toHaveBeenCalledTimes(1);
});

test.each([120, 30])(
  "seeking elsewhere, to %i, asks for the song from there on and keeps the position right",
  async (to) => {
    convert();
    engine.load(track(1), { autoplay: true, position: 60 });
    const element = await converted("1/60");
    element.arrive(Number.POSITIVE_INFINITY);
    element.bufferedTo = 5;
    engine.seek(to);
    expect(engine.position().seconds).toBe(to);
    (await converted(`1/${to}`)).arrive(Number.POSITIVE_INFINITY);
    element.reach(2.5);
    expect(engine.position().seconds).toBe(to + 2.5);
    expect(element.paused).toBe(false);
    expect(log.filter((one) => one.startsWith("error"))).toEqual([]);
  },
);

test("a converted song that is there whole is sought in by the element", async () => {
  convert();
  engine.load(track(1), { autoplay: true });
  const element = await converted("1/0");
  element.arrive(199.8);
  engine.seek(150);
  expect(element.currentTime).toBe(150);
});

test("a conversion that fails is followed by another attempt from where it stood, and then by the failure", async () => {
  convert();
  engine.load(track(1), { autoplay: true, position: 10 });
  (await converted("1/10")).break(4);
  await vi.waitFor(() => expect(resolve).toHaveBeenLastCalledWith(expect.anything(), 10, 1));
  resolve.mockRejectedValueOnce(new Error("none left"));
  (await converted("1/10")).break(4);
  await vi.waitFor(() => expect(log.at(-1)).toBe("error unavailable"));
  expect(resolve).toHaveBeenLastCalledWith(expect.anything(), 10, 2);
});

test("a paused converted song that is sought in stays paused", async () => {
  convert();
  engine.load(track(1), { autoplay: false });
  const element = await converted("1/0");
  element.arrive(Number.POSITIVE_INFINITY);
  engine.seek(90);
  (await converted("1/90")).arrive(Number.POSITIVE_INFINITY);
  expect(element.paused).toBe(true);
  expect(engine.position().seconds).toBe(90);
});
