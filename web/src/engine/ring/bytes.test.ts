import { afterEach, expect, test, vi } from "vitest";

import { Bytes, Failure } from "./bytes";

const BLOCK = 64 * 1024;
const file = Uint8Array.from({ length: 20 * BLOCK + 7 }, (_, at) => at % 251);

type Answer = (from: number, to: number, signal: AbortSignal) => Response | Promise<Response>;

const range: Answer = (from, to) =>
  from >= file.length
    ? new Response(null, { status: 416 })
    : new Response(file.slice(from, Math.min(to + 1, file.length)), {
        status: 206,
        headers: { "content-range": `bytes ${from}-${Math.min(to, file.length - 1)}/${file.length}` },
      });
const status =
  (code: number): Answer =>
  () =>
    new Response("no", { status: code });

let asked: string[];
const ended = new AbortController();

afterEach(() => vi.useRealTimers());

/** Answers in turns, and by ranges when they are used up. */
function reading(
  answers: Answer[],
  renew: () => Promise<string | null> = () => Promise.resolve(null),
): Bytes {
  asked = [];
  const fetch = vi.fn(
    (url: string, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }) => {
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers["Range"] ?? "") ?? [];
      asked.push(url);
      return Promise.resolve((answers.shift() ?? range)(Number(from), Number(to), signal));
    },
  );
  const delay = () => Promise.resolve();
  return new Bytes({
    url: "/first",
    signal: ended.signal,
    renew,
    delay,
    fetch: fetch as unknown as typeof globalThis.fetch,
  });
}

test("reads any range, over the end of the file as much as there is", async () => {
  const bytes = reading([]);
  expect(await bytes.size(0)).toBe(file.length);
  expect(await bytes.read(BLOCK - 5, 3 * BLOCK + 9)).toEqual(file.slice(BLOCK - 5, 3 * BLOCK + 9));
  expect(await bytes.read(file.length - 3, file.length + 50)).toEqual(file.slice(-3));
});

test("reading straight on takes fewer and fewer requests, reading again none", async () => {
  const bytes = reading([]);
  await bytes.read(0, file.length);
  const requests = asked.length;
  expect(requests).toBeLessThan(7);
  await bytes.read(0, file.length);
  expect(asked.length).toBe(requests);
});

test("a request that is lost, refused for a moment or cut short is sent again", async () => {
  const cut: Answer = (from, to) =>
    new Response(file.slice(from, to - 99), {
      status: 206,
      headers: { "content-range": `bytes 0-1/${file.length}` },
    });
  const bytes = reading([() => Promise.reject(new TypeError("gone")), status(503), status(429), cut]);
  expect(await bytes.read(0, 10)).toEqual(file.slice(0, 10));
  expect(asked).toHaveLength(5);
});

test("a network that stays away is a failure of the network", async () => {
  const gone: Answer = () => Promise.reject(new TypeError("gone"));
  await expect(reading(Array<Answer>(30).fill(gone)).read(0, 1)).rejects.toMatchObject({ reason: "network" });
});

test("an answer that stalls is given up and asked for again", async () => {
  vi.useFakeTimers();
  const stalls: Answer = (_, __, signal) =>
    new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason as Error)));
  const read = reading([stalls]).read(0, 4);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await read).toEqual(file.slice(0, 4));
  expect(asked).toHaveLength(2);
});

test("a song that is gone is unavailable at once", async () => {
  await expect(reading([status(404)]).read(0, 1)).rejects.toEqual(
    new Failure("unavailable", "the server answers 404"),
  );
  expect(asked).toHaveLength(1);
});

test("an address that ran out is replaced", async () => {
  const bytes = reading([status(401)], () => Promise.resolve("/second"));
  expect(await bytes.read(5, 9)).toEqual(file.slice(5, 9));
  expect(asked).toEqual(["/first", "/second"]);
});

test("addresses that are refused one after the other end it", async () => {
  const bytes = reading(Array<Answer>(9).fill(status(403)), () => Promise.resolve("/another"));
  await expect(bytes.read(0, 1)).rejects.toMatchObject({ reason: "unavailable" });
});

test("a file that became another one ends it", async () => {
  const other: Answer = (from, to) =>
    new Response(file.slice(from, to + 1), {
      status: 206,
      headers: { "content-range": `bytes ${from}-${to}/9999999` },
    });
  const bytes = reading([range, other]);
  await bytes.read(0, 1);
  await expect(bytes.read(9 * BLOCK, 9 * BLOCK + 1)).rejects.toMatchObject({ reason: "unavailable" });
});
