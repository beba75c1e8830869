import { vi } from "vitest";

import { Follower } from "@/app/follow/follower";
import { Player } from "@/engine/player";
import { SilentEngine } from "@/engine/silentEngine";
import { SwitchEngine } from "@/engine/switchEngine";
import type { LoadOptions, Track } from "@/engine/types";

import { memoryStorage } from "./memoryStorage";
import type { PlaybackHouse } from "./playbackHouse";

const timing = {
  now: () => Date.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Keeps time like an engine that sounds, unless the browser wants a gesture first. */
class Sounding extends SilentEngine {
  blocked = false;

  override load(track: Track, options: LoadOptions): void {
    super.load(track, { ...options, autoplay: options.autoplay && !this.blocked });
    if (options.autoplay && this.blocked) this.events.emit("state", { kind: "blocked" });
  }
}

/** A device of the listener. Its engine keeps time like one that sounds. */
export async function followDevice(house: PlaybackHouse, deviceId: string) {
  const sounding = new Sounding(timing);
  const engine = new SwitchEngine(sounding, new SilentEngine(timing));
  const player = new Player({ engine, storage: memoryStorage(), random: () => 0.3, now: timing.now });
  const follower = new Follower({ player, output: engine, server: house.door(), deviceId, now: timing.now });
  house.online.add(deviceId);
  const deafen = house.listen((news) => follower.hear(news));
  await follower.start();
  await vi.advanceTimersByTimeAsync(300);
  return {
    player,
    follower,
    deafen,
    /** The browser wants a gesture before it plays. */
    block: () => (sounding.blocked = true),
    sounding: () => engine.sounds() && sounding.state().kind === "playing",
    at: () => Math.round(player.positionSource.read() * 10) / 10,
    ids: () => player.snapshot().queue.entries.map(({ track }) => track.id),
    keys: () => player.snapshot().queue.entries.map(({ key }) => key),
    title: () => player.snapshot().track?.title,
    plays: () => player.snapshot().wantsToPlay,
  };
}
