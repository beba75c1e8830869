import { useQuery } from "@tanstack/react-query";

import type { Album, Song } from "@/api/types";

import { homeQueries } from "./homeQueries";
import { heardAlbums } from "./resume";

export type HomePart = keyof typeof homeQueries;

export interface HomeFaultOf {
  readonly part: HomePart;
  readonly error: Error;
}

interface Home {
  /** Until every part is here or has failed once: then all come in one step, and nothing jumps. */
  readonly arriving: boolean;
  /** There is no music at all. */
  readonly empty: boolean;
  /** Undefined where a part is not here. */
  readonly back: Album[] | undefined;
  readonly recent: Album[] | undefined;
  readonly most: Song[] | undefined;
  readonly faults: readonly HomeFaultOf[];
  readonly retry: () => void;
}

/** Everything the page shows, asked for at once. A part that fails leaves the others alone. */
export function useHome(): Home {
  const state = useQuery(homeQueries.state);
  const history = useQuery(homeQueries.history);
  const back = useQuery(homeQueries.back);
  const recent = useQuery(homeQueries.recent);
  const most = useQuery(homeQueries.most);
  const parts = { state, history, back, recent, most };
  const entries = Object.entries(parts) as [HomePart, (typeof parts)[HomePart]][];

  const listens = history.data;
  return {
    arriving: entries.some(([, part]) => part.isPending && part.failureCount === 0),
    empty: recent.data?.total === 0 && most.data?.total === 0,
    back:
      back.data === undefined
        ? undefined
        : heardAlbums(back.data.albums, listens?.listens ?? [], listens?.nextCursor === null),
    recent: recent.data?.albums,
    most: most.data?.songs.filter((song) => song.plays > 0),
    faults: entries.flatMap(([part, { error, data }]) =>
      error === null || data !== undefined ? [] : [{ part, error }],
    ),
    retry: () => entries.forEach(([, part]) => part.isError && void part.refetch()),
  };
}
