import { beforeEach, expect, test, vi } from "vitest";

import { FakeEngine } from "@/test/fakeEngine";
import { track } from "@/test/tracks";

import { LadderEngine } from "./ladderEngine";

let better: FakeEngine;
let element: FakeEngine;
let log: string[];
const climb = vi.fn<() => Promise<FakeEngine>>();

beforeEach(() => {
  better = new FakeEngine();
  element = new FakeEngine();
  log = [];
  climb.mockReset().mockImplementation(() => Promise.resolve(better));
});

function ladder(better: (() => Promise<FakeEngine>) | null = climb): LadderEngine {
  const engine = new LadderEngine({
    element: () => Promise.resolve(element),
    better,
    why: better === null ? "insecure" : null,
  });
  engine.on("state", (state) => log.push(state.kind));
  engine.on("advanced", ({ id }) => log.push(`advanced ${id}`));
  return engine;
}

test("a song that is not to sound yet loads nothing", () => {
  const engine = ladder();
  engine.load(track(1), { autoplay: false, position: 42 });
  expect(climb).not.toHaveBeenCalled();
  expect(log).toEqual(["loading", "ready"]);
  expect(engine.position().seconds).toBe(42);
});

test("the first play climbs, with everything that was ordered meanwhile", async () => {
  const engine = ladder();
  engine.setVolume(0.3);
  engine.setCrossfade(4);
  engine.load(track(1), { autoplay: false, position: 42 });
  engine.setNext(track(2));
  engine.play();
  engine.seek(50);
  await vi.waitFor(() => expect(engine.state().kind).toBe("playing"));
  expect(better.loads).toEqual([{ track: track(1), options: { autoplay: true, position: 50 } }]);
  expect([better.next?.id, better.volume, better.crossfade]).toEqual([2, 0.3, 4]);
});

test("a pause while it climbs is kept", async () => {
  const engine = ladder();
  engine.load(track(1), { autoplay: true });
  engine.pause();
  await vi.waitFor(() => expect(better.loads[0]?.options.autoplay).toBe(false));
});

test.each(["unsupported", "damaged"] as const)(
  "a song that is %s goes on in the element where it stood",
  async (reason) => {
    const engine = ladder();
    engine.load(track(1), { autoplay: true });
    engine.setNext(track(2));
    await vi.waitFor(() => expect(engine.state().kind).toBe("playing"));
    better.playFor(7);
    better.fail(reason);
    await vi.waitFor(() => expect(element.loads).toHaveLength(1));
    expect(element.loads).toEqual([{ track: track(1), options: { autoplay: true, position: 7 } }]);
    expect(element.next?.id).toBe(2);
    expect(log).not.toContain("error");
  },
);

test("the song behind one that fell goes back up", async () => {
  const engine = ladder();
  engine.load(track(1), { autoplay: true });
  engine.setNext(track(2));
  await vi.waitFor(() => expect(engine.state().kind).toBe("playing"));
  better.fail("damaged");
  await vi.waitFor(() => expect(element.loads).toHaveLength(1));
  element.finish();
  expect(better.loads.at(-1)?.track.id).toBe(2);
  expect(element.track).toBeNull();
  expect(log).toContain("advanced 2");
});

test("a network that fails is no reason to change", async () => {
  const engine = ladder();
  engine.load(track(1), { autoplay: true });
  await vi.waitFor(() => expect(engine.state().kind).toBe("playing"));
  better.fail("network");
  expect(element.loads).toEqual([]);
  expect(log.at(-1)).toBe("error");
});

test("a better one that cannot start leaves the element, and says so", async () => {
  climb.mockRejectedValue(new Error("no worklet"));
  element.becomeAble({ rung: "element" });
  const engine = ladder();
  engine.load(track(1), { autoplay: true });
  await vi.waitFor(() => expect(element.loads).toHaveLength(1));
  expect(engine.about()).toMatchObject({ rung: "element", why: "broken" });
});

test("without a better one the element has every song, and it is told why", async () => {
  const engine = ladder(null);
  engine.load(track(1), { autoplay: true });
  await vi.waitFor(() =>
    expect(element.loads).toEqual([{ track: track(1), options: { autoplay: true, position: 0 } }]),
  );
  expect(engine.about().why).toBe("insecure");
});

test("code that could not be fetched is asked for again by the next press", async () => {
  climb.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  const fetches = vi
    .fn<() => Promise<FakeEngine>>()
    .mockRejectedValueOnce(new TypeError("Failed to fetch"))
    .mockResolvedValue(element);
  const engine = new LadderEngine({ element: fetches, better: climb, why: null });
  engine.load(track(1), { autoplay: true });
  await vi.waitFor(() => expect(engine.state()).toEqual({ kind: "error", reason: "network" }));
  engine.play();
  await vi.waitFor(() =>
    expect(better.loads).toEqual([{ track: track(1), options: { autoplay: true, position: 0 } }]),
  );
});
