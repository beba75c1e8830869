import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { writeTags } from "@/api/edits";
import type { Song, Written } from "@/api/types";

/** Few enough for the progress to move. */
const AT_ONCE = 10;

/** Writes the files a few at a time. */
export function useWriteFiles(songs: readonly Song[]) {
  const queries = useQueryClient();
  const [results, setResults] = useState<readonly Written[]>([]);
  const write = useMutation({
    mutationFn: async () => {
      setResults([]);
      for (let from = 0; from < songs.length; from += AT_ONCE) {
        const some = await writeTags(songs.slice(from, from + AT_ONCE).map((song) => song.id));
        setResults((known) => [...known, ...some]);
      }
    },
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
  return { write, results };
}
