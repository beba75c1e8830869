import { expect, test, vi } from "vitest";

import { type SendOptions, shareSent, UploadQueue } from "./uploadQueue";

interface Sent {
  name: string;
  options: SendOptions;
  succeed: (song: string, duplicate?: boolean) => void;
  fail: (reason: string) => void;
}

/** A queue whose files arrive when the test says so. */
function start() {
  const sent: Sent[] = [];
  const queue = new UploadQueue<string>((file, options) => {
    return new Promise((resolve, reject) => {
      options.signal.addEventListener("abort", () => reject(new Error("aborted")));
      const succeed = (song: string, duplicate = false) => resolve({ song, duplicate });
      sent.push({ name: file.name, options, succeed, fail: (reason) => reject(new Error(reason)) });
    });
  });
  const add = (...names: string[]) =>
    queue.add(names.map((name) => ({ file: new File(["1234567890"], name), path: name })));
  const states = () => queue.list().map(({ state }) => state.kind);
  return { queue, sent, add, states };
}

const settle = (check: () => void) => vi.waitFor(check);

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
  expect(queue.list()[0]?.state).toEqual({ kind: "sending", share: 0.5 });
  expect(shareSent(queue.list())).toBe(0.5);
  sent[0]?.options.onProgress(1);
  expect(states()).toEqual(["reading"]);
  sent[0]?.succeed("one", true);
  await settle(() => expect(queue.list()[0]?.state).toEqual({ kind: "duplicate", song: "one" }));
});

test("less than a percent more is not told", () => {
  const { queue, sent, add } = start();
  add("1.mp3");
  const changed = vi.fn();
  queue.subscribe(changed);
  sent[0]?.options.onProgress(0.101);
  sent[0]?.options.onProgress(0.102);
  sent[0]?.options.onProgress(0.109);
  expect(changed).toHaveBeenCalledTimes(1);
});

test("a refused file says why and can be sent again", async () => {
  const { queue, sent, add, states } = start();
  add("1.mp3", "2.mp3");
  sent[0]?.fail("That is no audio");
  sent[1]?.succeed("two");
  await settle(() => expect(states()).toEqual(["refused", "done"]));
  expect(queue.list()[0]?.state).toEqual({ kind: "refused", reason: "That is no audio" });
  queue.retry();
  expect(states()).toEqual(["sending", "done"]);
  expect(sent).toHaveLength(3);
});

test("one file is cancelled, its place is taken by the next", async () => {
  const { queue, sent, add, states } = start();
  add("1.mp3", "2.mp3", "3.mp3", "4.mp3");
  queue.cancel(1);
  expect(sent[0]?.options.signal.aborted).toBe(true);
  await settle(() => expect(states()).toEqual(["cancelled", "sending", "sending", "sending"]));
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
