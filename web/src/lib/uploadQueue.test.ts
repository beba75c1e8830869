import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Interrupted, type SendOptions, UploadQueue } from "./uploadQueue";
import { sumUploads } from "./uploadSums";

interface Sent {
  name: string;
  options: SendOptions;
  succeed: (song: string, duplicate?: boolean) => void;
  fail: (reason: string) => void;
  interrupt: (endless: boolean, retryAfter?: number) => void;
}

/** A queue whose files arrive when the test says so. What it tells is waited for by moving the time. */
function start() {
  const sent: Sent[] = [];
  const forgotten: string[] = [];
  const queue = new UploadQueue<string>({
    send: (file, options) =>
      new Promise((resolve, reject) => {
        options.signal.addEventListener("abort", () => reject(new Error("aborted")));
        sent.push({
          name: file.name,
          options,
          succeed: (song, duplicate = false) => resolve({ song, duplicate }),
          fail: (reason) => reject(new Error(reason)),
          interrupt: (endless, retryAfter) =>
            reject(new Interrupted("No answer", endless, retryAfter ?? null)),
        });
      }),
    forget: (file) => forgotten.push(file.name),
  });
  const add = (...names: string[]) =>
    queue.add(names.map((name) => ({ file: new File(["1234567890"], name), path: name })));
  const states = () => queue.list().map(({ state }) => state.kind);
  return { queue, sent, add, states, forgotten };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets promises and the queue's own pauses pass. */
const settle = async (check: () => void) => {
  await vi.advanceTimersByTimeAsync(100);
  check();
};

test("three files are sent at a time, in their order", async () => {
  const { sent, add, states } = start();
  add("1.mp3", "2.flac", "3.opus", "4.m4a");
  expect(states()).toEqual(["sending", "sending", "sending", "waiting"]);
  sent[1]?.succeed("two");
  await settle(() => expect(states()).toEqual(["sending", "done", "sending", "sending"]));
  expect(sent.map(({ name }) => name)).toEqual(["1.mp3", "2.flac", "3.opus", "4.m4a"]);
});

test("what is no audio is listed and not sent, and hidden files are left out", () => {
  const { sent, add, states } = start();
  add("cover.jpg", ".DS_Store", "notes.txt");
  expect(states()).toEqual(["skipped", "skipped"]);
  expect(sent).toEqual([]);
});

test("a file tells how far it is, then that the server reads it, then its song", async () => {
  const { queue, sent, add, states } = start();
  add("1.mp3");
  sent[0]?.options.onProgress(0.5);
  await settle(() => expect(queue.list()[0]?.state).toEqual({ kind: "sending", share: 0.5 }));
  expect(sumUploads(queue.list())).toMatchObject({ sent: 5, left: 5, total: 10 });
  sent[0]?.options.onProgress(1);
  await settle(() => expect(states()).toEqual(["reading"]));
  sent[0]?.succeed("one", true);
  await settle(() => expect(queue.list()[0]?.state).toEqual({ kind: "duplicate", song: "one" }));
});

test("less than a percent more is not told, and a lot at once is told once", async () => {
  const { queue, sent, add } = start();
  add("1.mp3");
  const changed = vi.fn();
  queue.subscribe(changed);
  sent[0]?.options.onProgress(0.101);
  sent[0]?.options.onProgress(0.102);
  sent[0]?.options.onProgress(0.109);
  await settle(() => expect(changed).toHaveBeenCalledTimes(1));
  sent[0]?.options.onProgress(0.1091);
  await settle(() => expect(changed).toHaveBeenCalledTimes(1));
  for (let percent = 12; percent < 99; percent += 1) sent[0]?.options.onProgress(percent / 100);
  await settle(() => expect(changed).toHaveBeenCalledTimes(2));
});

test("a refused file says why and can be sent again", async () => {
  const { queue, sent, add, states } = start();
  add("1.mp3", "2.mp3");
  sent[0]?.fail("That is no audio");
  sent[1]?.succeed("two");
  await settle(() => expect(states()).toEqual(["refused", "done"]));
  expect(queue.list()[0]?.state).toEqual({ kind: "refused", reason: "That is no audio", code: "" });
  queue.retry();
  expect(states()).toEqual(["sending", "done"]);
  expect(sent).toHaveLength(3);
});

test("one file is cancelled, its place is taken by the next", async () => {
  const { queue, sent, add, states, forgotten } = start();
  add("1.mp3", "2.mp3", "3.mp3", "4.mp3");
  queue.cancel(1);
  expect(sent[0]?.options.signal.aborted).toBe(true);
  await settle(() => expect(states()).toEqual(["cancelled", "sending", "sending", "sending"]));
  expect(forgotten).toEqual(["1.mp3"]);
  queue.retry(1);
  expect(states()).toEqual(["waiting", "sending", "sending", "sending"]);
});

test("cancelling everything starts nothing new", async () => {
  const { queue, sent, add, states } = start();
  const settled = vi.fn();
  queue.onSettled(settled);
  add("1.mp3", "2.mp3", "3.mp3", "4.mp3");
  queue.cancelAll();
  await settle(() => expect(settled).toHaveBeenCalledTimes(1));
  expect(states()).toEqual(["cancelled", "cancelled", "cancelled", "cancelled"]);
  expect(sent).toHaveLength(3);
});

test("the end of all is told once, and what has an end can be cleared", async () => {
  const { queue, sent, add } = start();
  const settled = vi.fn();
  queue.onSettled(settled);
  add("1.mp3", "2.mp3", "cover.png");
  sent[0]?.succeed("one");
  await settle(() => expect(queue.list()[0]?.state.kind).toBe("done"));
  expect(settled).not.toHaveBeenCalled();
  sent[1]?.succeed("two");
  await settle(() => expect(settled).toHaveBeenCalledTimes(1));
  queue.clearEnded();
  expect(queue.list()).toEqual([]);
});

test("what is added while it is asked for is for the uploader alone", () => {
  const { queue, sent, add } = start();
  add("1.mp3");
  queue.setPrivate(true);
  add("2.mp3");
  expect(sent.map(({ options }) => options.isPrivate)).toEqual([false, true]);
});

test("after a reset nothing is left and late answers change nothing", async () => {
  const { queue, sent, add } = start();
  const settled = vi.fn();
  queue.onSettled(settled);
  add("1.mp3", "2.mp3", "3.mp3", "4.mp3");
  queue.reset();
  expect(sent.every(({ options }) => options.signal.aborted)).toBe(true);
  add("5.mp3");
  await settle(() => expect(sent.at(-1)?.name).toBe("5.mp3"));
  expect(queue.list()).toHaveLength(1);
  expect(settled).not.toHaveBeenCalled();
});

test("a file is held and goes on, and so are all", async () => {
  const { queue, sent, add, states } = start();
  add("1.mp3", "2.mp3", "3.mp3", "4.mp3");
  sent[0]?.options.onProgress(0.4);
  queue.pause(1);
  expect(queue.list()[0]?.state).toEqual({ kind: "paused", share: 0.4 });
  expect(sent[0]?.options.signal.aborted).toBe(true);
  await settle(() => expect(states()).toEqual(["paused", "sending", "sending", "sending"]));
  queue.pause();
  await settle(() => expect(states()).toEqual(["paused", "paused", "paused", "paused"]));
  expect(sent).toHaveLength(4);
  queue.resume(1);
  expect(states()).toEqual(["sending", "paused", "paused", "paused"]);
  queue.resume();
  expect(states()).toEqual(
    ["sending", "sending", "sending", "paused"].map((s) => s.replace("paused", "waiting")),
  );
});

test("without a server it waits, asks with one file, and goes on with all", async () => {
  const { queue, sent, add, states } = start();
  const settled = vi.fn();
  queue.onSettled(settled);
  add("1.mp3", "2.mp3", "3.mp3", "4.mp3");
  for (const one of sent) one.interrupt(true);
  await settle(() => expect(states()).toEqual(["waiting", "waiting", "waiting", "waiting"]));
  expect(queue.troubled()).toEqual({ reason: "No answer", code: "", until: Date.now() + 900 });
  await vi.advanceTimersByTimeAsync(900);
  expect(sent).toHaveLength(4);
  for (const [attempt, wait] of [2000, 4000, 8000, 16_000, 30_000, 30_000].entries()) {
    sent.at(-1)?.interrupt(true);
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(sent).toHaveLength(4 + attempt);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(5 + attempt);
  }
  sent.at(-1)?.succeed("one");
  await settle(() => expect(states()).toEqual(["done", "sending", "sending", "sending"]));
  expect(queue.troubled()).toBeNull();
  expect(settled).not.toHaveBeenCalled();
});

test("a server that asks for time gets it, and one who cannot wait tries at once", async () => {
  const { queue, sent, add } = start();
  add("1.mp3");
  sent[0]?.interrupt(true, 60);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(sent).toHaveLength(1);
  queue.retryNow();
  expect(sent).toHaveLength(2);
});

test("what fails again and again by itself is refused", async () => {
  const { sent, add, states } = start();
  add("1.mp3");
  for (let tries = 0; tries < 5; tries += 1) {
    sent.at(-1)?.interrupt(false);
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(sent).toHaveLength(5);
  expect(states()).toEqual(["refused"]);
});

test("the speed is that of what was sent just now, not of what was there before", async () => {
  const { queue, sent, add } = start();
  add("1.mp3");
  sent[0]?.options.onProgress(0.5, false);
  for (const share of [0.6, 0.7, 0.8, 0.9]) {
    await vi.advanceTimersByTimeAsync(1000);
    sent[0]?.options.onProgress(share);
  }
  expect(queue.speed()).toBeCloseTo(4 / 3);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(queue.speed()).toBe(0);
});

test("ten thousand files are quickly through", async () => {
  const queue = new UploadQueue<string>({ send: () => Promise.resolve({ song: "one", duplicate: false }) });
  const changed = vi.fn();
  queue.subscribe(changed);
  const file = new File(["x"], "1.mp3");
  queue.add(Array.from({ length: 10_000 }, () => ({ file, path: "1.mp3" })));
  await settle(() => expect(sumUploads(queue.list()).counts.done).toBe(10_000));
  expect(changed.mock.calls.length).toBeLessThan(10);
});
