import type { Song } from "@/api/types";
import type { QueueEntry } from "@/engine/queue";
import type { Track } from "@/engine/types";
import { toTrack } from "@/hooks/tracks";

import type { Place } from "./queueEdits";

/** Turns the places of a queue into what a player plays, and asks for each song only once. */
export class SongBook {
  private readonly tracks = new Map<number, Track>();

  /** The fetch answers the songs that are there, of any number of ids. */
  constructor(private readonly fetch: (ids: readonly number[]) => Promise<Song[]>) {}

  /** Notes what is known of some tracks already. */
  note(entries: readonly QueueEntry[]): void {
    for (const { track } of entries) this.tracks.set(track.id, track);
  }

  /** The entries of those places whose song can be played. It rejects when the server does not answer. */
  async entries(places: readonly Place[]): Promise<QueueEntry[]> {
    const unknown = new Set(places.map(({ songId }) => songId).filter((id) => !this.tracks.has(id)));
    if (unknown.size > 0) {
      for (const song of await this.fetch([...unknown])) {
        if (!song.missing) this.tracks.set(song.id, toTrack(song));
      }
    }
    return this.known(places);
  }

  /** Those of the entries whose song is known already. */
  known(places: readonly Place[]): QueueEntry[] {
    return places.flatMap(({ songId, entryId }) => {
      const track = this.tracks.get(songId);
      return track === undefined ? [] : [{ key: entryId, track }];
    });
  }
}
