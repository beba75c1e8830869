import type { Track } from "@/engine/types";

/** A track to put into queues; its title is its number. */
export function track(id: number, change: Partial<Track> = {}): Track {
  return {
    id,
    title: `Song ${id}`,
    artist: "Marit Sølvberg",
    album: "Stairwell Songs",
    albumId: 1,
    duration: 200,
    coverUrl: null,
    coverHue: 60,
    liked: false,
    format: "flac",
    bitRate: 900,
    ...change,
  };
}

export function tracks(...ids: number[]): Track[] {
  return ids.map((id) => track(id));
}
