import { streamUrl } from "@/api/client";
import { fetchSound } from "@/api/sound";
import { fetchStreaming } from "@/api/streaming";
import { ringPlays } from "@/engine/capabilities";
import { levelBy, type TrackGain } from "@/engine/levelling";
import { type CanPlay, SourceChooser } from "@/engine/source";
import { type Engine, type ExactResolver, type Hindrance, NotHere } from "@/engine/types";
import { soundSettings } from "@/hooks/soundSettings";
import { preferences } from "@/hooks/usePreferences";

const asked = new Audio();
const plain = chooser((mediaType) => asked.canPlayType(mediaType));
const exact = chooser((mediaType) => ringPlays(mediaType, asked.canPlayType(mediaType)));

/** The browser's own player, for the server's streams. */
export async function elementRung(): Promise<Engine> {
  const { ElementEngine } = await import("@/engine/elementEngine");
  return new ElementEngine({
    createElement: () => new Audio(),
    resolve: (track, seconds, attempt) => plain.choose(track, seconds, attempt),
  });
}

/** The ring, or what stands in for it where something is in its way. A rejection means that it cannot run. */
export async function betterRung(context: AudioContext, why: Hindrance | null): Promise<Engine> {
  if (why !== null) {
    const { BufferEngine } = await import("@/engine/buffer/bufferEngine");
    return new BufferEngine({ context, resolve: resolver(plain, true), why });
  }
  const { RingEngine } = await import("@/engine/ring/ringEngine");
  return RingEngine.start({ context, resolve: resolver(exact, false) });
}

/** dB to play it by, as the listener chose; a song that nobody measured is left as it is. */
function gainOf(sound: { readonly gain: TrackGain | null } | null): number {
  const { levelling } = soundSettings.snapshot();
  const gain = sound?.gain ?? null;
  return levelling === "off" || gain === null ? 0 : levelBy(gain, levelling);
}

/** Chooses what is fetched by what can be played. */
function chooser(canPlay: CanPlay): SourceChooser {
  return new SourceChooser({
    quality: () => preferences.snapshot().quality,
    ability: fetchStreaming,
    canPlay,
    address: (track, query) => streamUrl(track.id, query),
    delay: (ms) => new Promise((done) => setTimeout(done, ms)),
  });
}

/** A source with what the server measured of it; what could not be asked counts as not known. */
function resolver(chooser: SourceChooser, takesConverted: boolean): ExactResolver {
  return async (track, seconds, attempt) => {
    const source = await chooser.choose(track, seconds, attempt);
    // A file that grows while it is read makes the demuxer wait for its end: the browser's own player does not.
    if (source.converted && !takesConverted) throw new NotHere();
    if (source.converted) return { ...source, sound: null, index: null };
    const facts = await fetchSound(track.id);
    return { ...source, ...facts, gain: gainOf(facts.sound) };
  };
}
