import { beforeEach, expect, test, vi } from "vitest";

import { FakeEngine } from "@/test/fakeEngine";
import { memoryStorage } from "@/test/memoryStorage";
import { track, tracks } from "@/test/tracks";

import { connectMediaSession } from "./mediaSession";
import { Player } from "./player";

/** A lock screen: what it shows, and its buttons. */
class FakeSession implements MediaSession {
  metadata: MediaMetadata | null = null;
  playbackState: MediaSessionPlaybackState = "none";
  position: MediaPositionState | undefined;
  private readonly handlers = new Map<MediaSessionAction, MediaSessionActionHandler>();

  setActionHandler(action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
    if (action === "stop" && this.refusesStop) throw new TypeError("unknown action");
    if (handler === null) this.handlers.delete(action);
    else this.handlers.set(action, handler);
  }
  refusesStop = false;
  setPositionState(state?: MediaPositionState): void {
    this.position = state;
  }
  setCameraActive = () => Promise.resolve();
  setMicrophoneActive = () => Promise.resolve();

  press(action: MediaSessionAction, detail: Partial<MediaSessionActionDetails> = {}): void {
    this.handlers.get(action)?.({ action, ...detail });
  }
  offers(): MediaSessionAction[] {
    return [...this.handlers.keys()].sort();
  }
}

beforeEach(() =>
  vi.stubGlobal("MediaMetadata", function (this: object, init: MediaMetadataInit) {
    Object.assign(this, init);
  }),
);

function connect(session = new FakeSession()) {
  const engine = new FakeEngine();
  const player = new Player({ engine, storage: memoryStorage(), now: () => 0 });
  const leave = connectMediaSession(player, session);
  return { engine, player, session, leave };
}

test("the lock screen shows the song with a cover for every size", () => {
  const { player, session } = connect();
  player.playTracks([track(1, { coverUrl: "/covers/1?v=2" })]);
  expect(session.metadata).toMatchObject({
    title: "Song 1",
    artist: "Marit Sølvberg",
    album: "Stairwell Songs",
  });
  expect(session.metadata?.artwork).toContainEqual({ src: "/covers/1?v=2&size=512", sizes: "512x512" });
  expect(session.metadata?.artwork).toHaveLength(5);
  expect(session.playbackState).toBe("playing");
});

test("every key does what it says", () => {
  const { player, session, engine } = connect();
  player.playTracks(tracks(1, 2, 3));
  session.press("nexttrack");
  expect(player.snapshot().track?.id).toBe(2);
  session.press("previoustrack");
  expect(player.snapshot().track?.id).toBe(1);
  session.press("seekto", { seekTime: 60 });
  expect(engine.now.seconds).toBe(60);
  session.press("seekforward");
  session.press("seekbackward", { seekOffset: 30 });
  expect(engine.now.seconds).toBe(40);
  session.press("pause");
  expect(session.playbackState).toBe("paused");
  session.press("play");
  expect(session.playbackState).toBe("playing");
  session.press("stop");
  expect(engine.now.seconds).toBe(0);
  expect(session.playbackState).toBe("paused");
});

test("the position follows seeking, and goes with the song", () => {
  const { player, session } = connect();
  player.playTracks(tracks(1));
  player.seek(90);
  expect(session.position).toEqual({ duration: 200, position: 90, playbackRate: 1 });
  player.reset();
  expect(session.position).toBeUndefined();
  expect(session.metadata).toBeNull();
  expect(session.playbackState).toBe("none");
});

test("a like does not make the lock screen load its cover anew", () => {
  const { player, session } = connect();
  player.playTracks(tracks(1));
  const shown = session.metadata;
  player.updateTrack(1, { liked: true });
  expect(session.metadata).toBe(shown);
});

test("a key the browser does not know leaves the others", () => {
  const session = new FakeSession();
  session.refusesStop = true;
  connect(session);
  expect(session.offers()).toEqual([
    ...["nexttrack", "pause", "play", "previoustrack", "seekbackward", "seekforward", "seekto"],
  ]);
});

test("once let go, nothing is left", () => {
  const { player, session, leave } = connect();
  player.playTracks(tracks(1));
  leave();
  expect(session.offers()).toEqual([]);
  expect(session.metadata).toBeNull();
});
