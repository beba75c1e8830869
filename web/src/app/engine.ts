import { streamUrl } from "@/api/client";
import { fetchSound } from "@/api/sound";
import { fetchStreaming } from "@/api/streaming";
import { hindrance, ringPlays, schedules } from "@/engine/capabilities";
import { LadderEngine } from "@/engine/ladderEngine";
import type { SourceChooser } from "@/engine/source";
import type { Engine, ExactResolver, Hindrance, Track } from "@/engine/types";
import { preferences } from "@/hooks/usePreferences";

/** The best engine this browser has for the server's streams; its larger parts come with the first song that plays. */
export function createEngine(): Engine {
  const asked = new Audio();
  const why = hindrance(window);
  const plain = chooser((mediaType) => asked.canPlayType(mediaType));
  const exact = chooser((mediaType) => ringPlays(mediaType, asked.canPlayType(mediaType)));
  return new LadderEngine({
    element: async () => {
      const { ElementEngine } = await import("@/engine/elementEngine");
      return new ElementEngine({
        createElement: () => new Audio(),
        resolve: async (track, seconds, attempt) => (await plain()).choose(track, seconds, attempt),
      });
    },
    better:
      why === null || schedules(window)
        ? () => startBetter(why, resolver(why === null ? exact : plain))
        : null,
    why,
  });
}

/** Chooses what is fetched by what can be played. It comes with the first song. */
function chooser(canPlay: (mediaType: string) => string): () => Promise<SourceChooser> {
  let made: Promise<SourceChooser> | undefined;
  return () => (made ??= makeChooser(canPlay));
}

async function makeChooser(canPlay: (mediaType: string) => string): Promise<SourceChooser> {
  const { SourceChooser } = await import("@/engine/source");
  return new SourceChooser({
    quality: () => preferences.snapshot().quality,
    ability: fetchStreaming,
    canPlay,
    address: (track, query) => streamUrl(track.id, query),
    delay: (ms) => new Promise((done) => setTimeout(done, ms)),
  });
}

/** The context is made and woken at once: browsers want that inside the gesture. */
async function startBetter(why: Hindrance | null, resolve: ExactResolver): Promise<Engine> {
  const context = new AudioContext({ latencyHint: "playback" });
  context.resume().catch(() => undefined);
  if (why !== null) {
    const { BufferEngine } = await import("@/engine/buffer/bufferEngine");
    return new BufferEngine({ context, resolve, why });
  }
  const { RingEngine } = await import("@/engine/ring/ringEngine");
  return RingEngine.start({ context, resolve });
}

/** A source with what the server measured of it; what could not be asked counts as not known. */
function resolver(chooser: () => Promise<SourceChooser>): ExactResolver {
  return async (track: Track, seconds, attempt) => {
    const source = await (await chooser()).choose(track, seconds, attempt);
    if (source.converted) return { ...source, sound: null, index: null };
    return { ...source, ...(await fetchSound(track.id)) };
  };
}
