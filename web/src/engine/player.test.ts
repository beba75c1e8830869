import { beforeEach, describe, expect, test, vi } from "vitest";

import { FakeEngine } from "@/test/fakeEngine";
import { memoryStorage } from "@/test/memoryStorage";
import { track, tracks } from "@/test/tracks";

import { Player } from "./player";

let engine: FakeEngine;
let player: Player;

beforeEach(() => {
  engine = new FakeEngine();
  player = new Player({ engine, storage: memoryStorage(), random: () => 0.3, now: () => engine.now.at });
});

const title = () => player.snapshot().track?.title;
const order = () => player.snapshot().queue.entries.map((entry) => entry.track.id);

describe("playing a list", () => {
  test("loads the pressed song, plays it and prepares the next", () => {
    player.playTracks(tracks(1, 2, 3), 1);
    expect(engine.loads).toEqual([{ track: track(2), options: { autoplay: true } }]);
    expect(engine.next).toEqual(track(3));
    expect(player.snapshot()).toMatchObject({ wantsToPlay: true, duration: 200, state: { kind: "playing" } });
  });

  test("goes on by itself without loading again", () => {
    player.playTracks(tracks(1, 2));
    engine.finish();
    expect(title()).toBe("Song 2");
    expect(engine.loads).toHaveLength(1);
    expect(engine.next).toBeNull();
  });

  test("after the last song it stands silent at the first", () => {
    player.playTracks(tracks(1, 2), 1);
    engine.finish();
    expect(title()).toBe("Song 1");
    expect(player.snapshot()).toMatchObject({ wantsToPlay: false, state: { kind: "ready" } });
  });

  test("an empty list leaves nothing loaded", () => {
    player.playTracks(tracks(1));
    player.playTracks([]);
    expect(player.snapshot().track).toBeNull();
    expect(engine.track).toBeNull();
  });
});

describe("repeat", () => {
  test("of one song plays it again, and next still leaves it", () => {
    player.playTracks(tracks(1, 2));
    player.cycleRepeat();
    player.cycleRepeat();
    engine.finish();
    expect(title()).toBe("Song 1");
    player.next();
    expect(title()).toBe("Song 2");
  });

  test("of all goes from the last to the first", () => {
    player.playTracks(tracks(1, 2), 1);
    player.cycleRepeat();
    expect(engine.next).toEqual(track(1));
    engine.finish();
    expect(title()).toBe("Song 1");
  });
});

describe("previous", () => {
  test("starts the song again once it played more than three seconds", () => {
    player.playTracks(tracks(1, 2), 1);
    engine.playFor(4);
    player.previous();
    expect(title()).toBe("Song 2");
    expect(engine.now.seconds).toBe(0);
  });

  test("goes back within the first three seconds", () => {
    player.playTracks(tracks(1, 2), 1);
    engine.playFor(2);
    player.previous();
    expect(title()).toBe("Song 1");
  });

  test("starts the first song again", () => {
    player.playTracks(tracks(1, 2));
    engine.playFor(1);
    player.previous();
    expect(title()).toBe("Song 1");
    expect(engine.now.seconds).toBe(0);
  });
});

test("next while paused loads the song and stays paused", () => {
  player.playTracks(tracks(1, 2));
  player.pause();
  player.next();
  expect(engine.loads.at(-1)).toEqual({ track: track(2), options: { autoplay: false } });
});

describe("changing the queue", () => {
  test("does not disturb the song and changes what comes next", () => {
    player.playTracks(tracks(1, 2, 3));
    player.playNext(tracks(9));
    expect(engine.next).toEqual(track(9));
    player.remove(player.snapshot().queue.entries[1]?.key ?? 0);
    expect(engine.next).toEqual(track(2));
    expect(engine.loads).toHaveLength(1);
  });

  test("taking out the current song plays the one behind it", () => {
    player.playTracks(tracks(1, 2, 3), 1);
    player.remove(player.snapshot().queue.entries[1]?.key ?? 0);
    expect(title()).toBe("Song 3");
    expect(engine.loads.at(-1)?.options.autoplay).toBe(true);
  });

  test("shuffle and back", () => {
    player.playTracks(tracks(1, 2, 3, 4, 5), 2);
    player.toggleShuffle();
    expect(order()[0]).toBe(3);
    player.toggleShuffle();
    expect(order()).toEqual([1, 2, 3, 4, 5]);
    expect(engine.loads).toHaveLength(1);
  });
});

describe("songs that do not play", () => {
  test("are skipped with a notice", () => {
    const notice = vi.fn();
    player.onNotice(notice);
    player.playTracks(tracks(1, 2));
    engine.fail("damaged");
    expect(notice).toHaveBeenCalledExactlyOnceWith({ kind: "skipped", track: track(1), reason: "damaged" });
    expect(title()).toBe("Song 2");
  });

  test("stop the player when nothing is left", () => {
    const notice = vi.fn();
    player.onNotice(notice);
    player.playTracks(tracks(1));
    engine.fail("unavailable");
    expect(notice).toHaveBeenCalledWith({ kind: "gaveUp", track: track(1), reason: "unavailable" });
    expect(player.snapshot().wantsToPlay).toBe(false);
  });

  test("are tried at most five in a row", () => {
    const kinds: string[] = [];
    player.onNotice((notice) => kinds.push(notice.kind));
    // Every load fails before it sounds.
    engine.load = (loaded) => {
      engine.track = loaded;
      queueMicrotask(() => engine.fail("network"));
    };
    player.playTracks(tracks(1, 2, 3, 4, 5, 6, 7, 8));
    return vi.waitFor(() => expect(kinds).toEqual(["skipped", "skipped", "skipped", "skipped", "gaveUp"]));
  });
});

describe("volume", () => {
  test("is remembered, and muting keeps it", () => {
    const storage = memoryStorage();
    const first = new Player({ engine, storage });
    first.setVolume(0.25);
    first.toggleMute();
    expect(engine.volume).toBe(0);
    const second = new Player({ engine: new FakeEngine(), storage });
    expect(second.snapshot()).toMatchObject({ volume: 0.25, muted: true });
  });

  test("moving the slider unmutes", () => {
    player.toggleMute();
    player.setVolume(0.5);
    expect(player.snapshot().muted).toBe(false);
    expect(engine.volume).toBe(0.5);
  });
});

test("a song is reported once it was heard enough, again when it repeats", () => {
  const heard = vi.fn();
  player.onListened(heard);
  player.playTracks([track(1, { duration: 20 })]);
  player.cycleRepeat();
  player.cycleRepeat();
  engine.playFor(9);
  expect(heard).not.toHaveBeenCalled();
  engine.playFor(2);
  engine.finish();
  engine.playFor(10);
  expect(heard).toHaveBeenCalledTimes(2);
});

test("the position runs with the clock between reports", () => {
  player.playTracks(tracks(1));
  let now = 0;
  const running = new Player({ engine, storage: memoryStorage(), now: () => now });
  running.playTracks(tracks(1));
  now = 1500;
  expect(running.positionSource.read()).toBeCloseTo(1.5);
});

test("a blocked browser shows paused, and pressing play tries again", () => {
  player.playTracks(tracks(1));
  engine.become({ kind: "blocked" });
  expect(player.snapshot().wantsToPlay).toBe(false);
  player.toggle();
  expect(player.snapshot().state.kind).toBe("playing");
});

test("held, it stops behind the song and stands at the next one", () => {
  const held = vi.fn();
  player.onHeld(held);
  player.playTracks(tracks(1, 2));
  player.holdAfterCurrent(true);
  expect(engine.next).toBeNull();
  engine.finish();
  expect(held).toHaveBeenCalledOnce();
  expect(player.snapshot()).toMatchObject({ track: { id: 2 }, wantsToPlay: false });
  player.play();
  engine.finish();
  expect(held).toHaveBeenCalledOnce();
});

test("a hold that was taken back leaves nothing behind", () => {
  player.playTracks(tracks(1, 2));
  player.holdAfterCurrent(true);
  player.holdAfterCurrent(false);
  engine.finish();
  expect(player.snapshot()).toMatchObject({ track: { id: 2 }, wantsToPlay: true });
});

test("a fade is a share of the volume, which stays", () => {
  player.setVolume(0.6);
  player.fadeTo(0.5);
  expect(engine.volume).toBeCloseTo(0.3);
  expect(player.snapshot().volume).toBe(0.6);
  player.setVolume(0.8);
  expect(engine.volume).toBeCloseTo(0.4);
  player.fadeTo(1);
  expect(engine.volume).toBeCloseTo(0.8);
});

test("what the browser held up and lets go on by itself counts as wanted", () => {
  player.playTracks(tracks(1));
  engine.become({ kind: "blocked" });
  expect(player.snapshot().wantsToPlay).toBe(false);
  engine.become({ kind: "playing" });
  expect(player.snapshot().wantsToPlay).toBe(true);
});
