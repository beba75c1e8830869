import type { QueryClient } from "@tanstack/react-query";

import { albumShelfQuery } from "@/api/albums";
import { lastListensQuery, playbackStateQuery } from "@/api/playback";
import { songShelfQuery } from "@/api/songs";

/** Sleeves of a shelf where it is widest. */
const SHELF = 6;
const RANKED = 8;
/** Far enough back to tell which albums were heard at all. */
const LISTENS = 30;

/** Everything the page asks for. Nothing waits for anything else. */
export const homeQueries = {
  state: playbackStateQuery,
  history: lastListensQuery(LISTENS),
  back: albumShelfQuery({ sort: "-lastPlayed" }, SHELF),
  recent: albumShelfQuery({ sort: "-createdAt" }, SHELF),
  most: songShelfQuery({ sort: "-plays" }, RANKED),
};

/** Asks for it while the page's code is still on its way. */
export function prefetchHome(queries: QueryClient): void {
  void queries.prefetchQuery(homeQueries.state);
  void queries.prefetchQuery(homeQueries.history);
  void queries.prefetchQuery(homeQueries.back);
  void queries.prefetchQuery(homeQueries.recent);
  void queries.prefetchQuery(homeQueries.most);
}
