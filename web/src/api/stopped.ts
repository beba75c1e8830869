import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";
import { songQuery } from "./songs";
import type { PlaybackState, Song } from "./types";

export interface Stopped {
  readonly state: PlaybackState;
  /** The song it stopped in; null if nothing was played yet or the song is gone. */
  readonly song: Song | null;
}

/** Where the listener stopped, on whatever device. */
export const stoppedQuery = queryOptions({
  queryKey: ["playback", "stopped"],
  queryFn: async ({ signal, client }): Promise<Stopped> => {
    const { state } = await answer(api.GET("/api/playback/state", { signal }));
    const id = state.currentSongId;
    const song = id === null ? null : await client.ensureQueryData(songQuery(id)).catch(() => null);
    return { state, song };
  },
  // Only a visit asks: a retry in the background would move the page.
  retry: false,
});
