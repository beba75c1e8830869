import type { Song } from "@/api/types";
import type { Track } from "@/engine/types";

/** A song of the API as the player knows it. */
export function toTrack(song: Song): Track {
  const { id, title, artist, album, albumId, duration, coverUrl, coverHue, liked, format, bitRate } = song;
  return { id, title, artist, album, albumId, duration, coverUrl, coverHue, liked, format, bitRate };
}
