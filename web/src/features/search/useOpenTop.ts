import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";

import type { Song } from "@/api/types";
import { usePlayFrom } from "@/hooks/usePlayFrom";

import { searchEvents } from "./searchEvents";
import type { Hit } from "./bestHit";

/** Plays the best hit if it is a song and opens it otherwise; Enter in the field does so once it is there. */
export function useOpenTop(
  songs: Song[],
  top: Hit | null,
  words: string,
  foundFor: string | null,
  remember: (words: string) => void,
): () => void {
  const navigate = useNavigate();
  const playFrom = usePlayFrom();
  const wanted = useRef<string | null>(null);

  const open = () => {
    if (top === null) return;
    remember(words);
    if (top.kind === "song") playFrom(songs, songs.indexOf(top.song));
    else void navigate({ to: hitAddress(top) });
  };
  const openIfWanted = useEffectEvent(() => {
    if (wanted.current === null || wanted.current !== foundFor) return;
    wanted.current = null;
    open();
  });
  useEffect(
    () =>
      searchEvents.on("open", (text) => {
        wanted.current = text;
        openIfWanted();
      }),
    [],
  );
  // Enter may come before what it asks for.
  useEffect(() => openIfWanted(), [foundFor]);
  return open;
}

/** The page of an album or an artist. */
export function hitAddress(hit: Exclude<Hit, { kind: "song" }>): string {
  return hit.kind === "album" ? `/albums/${hit.album.id}` : `/artists/${hit.artist.id}`;
}
