import { useSyncExternalStore } from "react";

import type { Player } from "@/engine/player";
import { type SleepPlayer, SleepTimer, type SleepView } from "@/lib/sleepTimer";
import { deviceStorage } from "@/lib/storage";

import { usePlayerCommands } from "./PlayerContext";

const timers = new WeakMap<Player, SleepTimer>();

/** The sleep timer of the page's player; the first who asks brings back what was set before a reload. */
export function useSleepTimer(): SleepTimer {
  const player = usePlayerCommands();
  const timer = timers.get(player) ?? new SleepTimer(asSleeper(player), deviceStorage);
  timers.set(player, timer);
  return timer;
}

export function useSleepView(): SleepView {
  const timer = useSleepTimer();
  return useSyncExternalStore(
    (changed) => timer.subscribe(changed),
    () => timer.snapshot(),
  );
}

function asSleeper(player: Player): SleepPlayer {
  return {
    pause: () => player.pause(),
    fadeTo: (share) => player.fadeTo(share),
    holdAfterCurrent: (on) => player.holdAfterCurrent(on),
    onHeld: (listener) => player.onHeld(listener),
    secondsLeft: () => {
      const { track, duration } = player.snapshot();
      return track === null || duration <= 0 ? null : duration - player.positionSource.read();
    },
  };
}
