import { useQuery } from "@tanstack/react-query";

import { songQuery } from "@/api/songs";

import { homeQueries } from "./homeQueries";
import { type Resume, resumeListen, resumeState } from "./resume";

/** Where the listener goes on: null for nowhere, undefined while the song is on its way. */
export function useResume(): Resume | null | undefined {
  const state = useQuery(homeQueries.state).data;
  const history = useQuery(homeQueries.history);
  const most = useQuery(homeQueries.most).data;
  const id = state?.currentSongId ?? null;
  const listens = history.data?.listens ?? [];
  // Mostly the song is among those that are here already; only else it is asked for.
  const known = [...listens.map((listen) => listen.song), ...(most?.songs ?? [])].find(
    (song) => song.id === id,
  );
  const asked = useQuery({ ...songQuery(id ?? 0), enabled: id !== null && known === undefined });
  const song = known ?? asked.data;
  if (state !== undefined && song !== undefined && song.id === id && !song.missing)
    return resumeState(state, song);
  if (asked.isLoading || history.isPending) return undefined;
  return resumeListen(listens);
}
