import { hindrance, schedules } from "@/engine/capabilities";
import { LadderEngine } from "@/engine/ladderEngine";
import type { Engine, Hindrance } from "@/engine/types";

const rungs = () => import("./rungs");

/** The best engine this browser has for the server's streams; all that makes sound comes with the first song that plays. */
export function createEngine(): Engine {
  const why = hindrance(window);
  return new LadderEngine({
    element: async () => (await rungs()).elementRung(),
    better: why === null || schedules(window) ? () => startBetter(why) : null,
    why,
  });
}

/** The context is made and woken at once: browsers want that inside the gesture. */
async function startBetter(why: Hindrance | null): Promise<Engine> {
  const context = new AudioContext({ latencyHint: "playback" });
  context.resume().catch(() => undefined);
  try {
    return await (await rungs()).betterRung(context, why);
  } catch (cause) {
    void context.close();
    throw cause;
  }
}
