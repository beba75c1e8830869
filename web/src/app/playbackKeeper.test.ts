import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { ApiError } from "@/api/error";
import type { PlaybackChange, PlaybackState } from "@/api/types";
import { Player } from "@/engine/player";
import { FakeEngine } from "@/test/fakeEngine";
import { memoryStorage } from "@/test/memoryStorage";
import { song } from "@/test/samples";
import { tracks } from "@/test/tracks";

import { PlaybackKeeper, type PlaybackStore } from "./playbackKeeper";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const nothing: PlaybackState = {
  revision: 0,
  currentSongId: null,
  position: 0,
  isPlaying: false,
  volume: 1,
  playbackSpeed: 1,
  pitchShift: 0,
  stemsConfig: { vocals: true, drums: true, bass: true, other: true },
  queue: [],
  queueIndex: null,
  repeat: "off",
  shuffle: false,
  updatedAt: null,
};

const queueOf = (...ids: number[]) => ids.map((songId) => ({ songId }));

/** A server with a kept state, and a player in front of it. */
async function begin(kept: Partial<PlaybackState> = {}, change: Partial<PlaybackStore> = {}) {
  let state: PlaybackState = { ...nothing, ...kept };
  const writes: { change: PlaybackChange; keepalive: boolean }[] = [];
  const asked: number[] = [];
  const store: PlaybackStore = {
    read: () => Promise.resolve(state),
    write: (written, keepalive) => {
      writes.push({ change: written, keepalive });
      if (written.revision !== state.revision) {
        return Promise.reject(new ApiError(409, "stale_revision", "Changed", [], null, state));
      }
      state = { ...state, revision: state.revision + 1 };
      return Promise.resolve(state);
    },
    songs: (ids) => {
      asked.push(...ids);
      return Promise.resolve(ids.filter((id) => id !== 404).map((id) => song(id)));
    },
    ...change,
  };
  const engine = new FakeEngine();
  const player = new Player({ engine, storage: memoryStorage(), now: () => 0 });
  const keeper = new PlaybackKeeper(player, store);
  await keeper.start();
  const otherDevice = () => {
    state = { ...state, revision: state.revision + 5 };
  };
  return { player, engine, keeper, writes, asked, otherDevice };
}

const rest = () => vi.advanceTimersByTimeAsync(2000);
const ids = (player: Player) => player.snapshot().queue.entries.map(({ track }) => track.id);

test("the queue of the last visit stands ready, silent, where it stopped", async () => {
  const { player, engine, writes } = await begin({
    queue: queueOf(1, 2, 3),
    queueIndex: 1,
    position: 61_500,
    isPlaying: true,
    repeat: "all",
    shuffle: true,
  });
  expect(ids(player)).toEqual([1, 2, 3]);
  expect(engine.loads).toEqual([
    { track: expect.objectContaining({ id: 2 }), options: { autoplay: false, position: 61.5 } },
  ]);
  expect(player.snapshot()).toMatchObject({ wantsToPlay: false, queue: { index: 1, repeat: "all" } });
  expect(player.snapshot().queue.unshuffled).not.toBeNull();
  await rest();
  expect(writes).toEqual([]);
});

test("songs that are gone leave the queue; the next one is current, from its start", async () => {
  const { player, engine } = await begin({ queue: queueOf(1, 404, 3), queueIndex: 1, position: 9000 });
  expect(ids(player)).toEqual([1, 3]);
  expect(player.snapshot().track?.id).toBe(3);
  expect(engine.loads[0]?.options).toEqual({ autoplay: false });
});

test("a song that stands twice is asked for once, and a long queue comes back whole", async () => {
  const long = Array.from({ length: 1000 }, (_, at) => at + 1000);
  const { asked } = await begin({ queue: queueOf(7, 7, 7), queueIndex: 2 });
  expect(asked).toEqual([7]);
  const { player } = await begin({ queue: queueOf(...long), queueIndex: 500 });
  expect(ids(player)).toEqual(long);
  expect(player.snapshot().track?.id).toBe(1500);
});

test("a queue whose songs cannot be read is left on the server as it is", async () => {
  const songs = () => Promise.reject(new ApiError(503, "unavailable", "Later"));
  const { player, writes } = await begin({ queue: queueOf(1, 2), queueIndex: 0 }, { songs });
  expect(player.snapshot().track).toBeNull();
  await rest();
  expect(writes).toEqual([]);
});

test("whoever plays something before the answer keeps it", async () => {
  let respond: (state: PlaybackState) => void = () => undefined;
  const read = () => new Promise<PlaybackState>((done) => (respond = done));
  const engine = new FakeEngine();
  const player = new Player({ engine, storage: memoryStorage() });
  const write = () => Promise.resolve(nothing);
  const keeper = new PlaybackKeeper(player, {
    read,
    write,
    songs: (ids) => Promise.resolve(ids.map((id) => song(id))),
  });
  const started = keeper.start();
  player.playTracks(tracks(8));
  respond({ ...nothing, queue: queueOf(1, 2), queueIndex: 0 });
  await started;
  expect(ids(player)).toEqual([8]);
});

test("a change is saved when things rest, with the whole queue once", async () => {
  const { player, engine, writes } = await begin({ revision: 3 });
  player.playTracks(tracks(1, 2), 1);
  engine.seek(30);
  await vi.advanceTimersByTimeAsync(1999);
  expect(writes).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(writes.map(({ change }) => change)).toEqual([
    {
      currentSongId: 2,
      position: 30_000,
      isPlaying: true,
      repeat: "off",
      shuffle: false,
      queue: [
        { songId: 1, entryId: 1 },
        { songId: 2, entryId: 2 },
      ],
      queueIndex: 1,
      revision: 3,
    },
  ]);
  player.pause();
  await rest();
  expect(writes).toHaveLength(2);
  expect(writes[1]?.change).toMatchObject({ isPlaying: false, queueIndex: 1, revision: 4 });
  expect(writes[1]?.change.queue).toBeUndefined();
});

test("time passing is no change", async () => {
  const { player, engine, writes } = await begin();
  player.playTracks(tracks(1));
  await rest();
  engine.playFor(60);
  await rest();
  expect(writes).toHaveLength(1);
});

test("when another device wrote meanwhile, its revision is taken over and the change sent once more", async () => {
  const { player, writes, otherDevice } = await begin({ revision: 3 });
  otherDevice();
  player.playTracks(tracks(1));
  await rest();
  expect(writes.map(({ change }) => change.revision)).toEqual([3, 8]);
  player.pause();
  await rest();
  expect(writes[2]?.change.revision).toBe(9);
});

test("the page going away saves at once, alive beyond it", async () => {
  const { player, keeper, writes } = await begin();
  player.playTracks(tracks(1, 2));
  keeper.flush();
  expect(writes).toHaveLength(1);
  expect(writes[0]?.keepalive).toBe(true);
  await rest();
  player.pause();
  await rest();
  const before = writes.length;
  keeper.flush();
  expect(writes).toHaveLength(before);
});

test("signing out saves nothing", async () => {
  const { player, keeper, writes } = await begin();
  player.playTracks(tracks(1));
  await rest();
  player.reset();
  await rest();
  keeper.stop();
  player.playTracks(tracks(2));
  await rest();
  expect(writes).toHaveLength(1);
});

test("a server that does not answer is no reason to stop playing", async () => {
  const { player, writes } = await begin({}, { read: () => Promise.reject(new Error("unreachable")) });
  player.playTracks(tracks(1));
  await rest();
  expect(writes[0]?.change.revision).toBeUndefined();
});
