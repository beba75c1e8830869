import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";

import type { SearchResult } from "@/api/types";
import { usePlayFrom } from "@/hooks/usePlayFrom";

import { bestHit, type Hit } from "./bestHit";
import { searchEvents } from "./searchEvents";
import { useRecentSearches } from "./useRecentSearches";

/**
 * The best hit, and a function that plays it if it is a song and opens it otherwise. Enter in the field does so as
 * soon as what is found belongs to the words.
 */
export function useOpenTop(found: SearchResult | undefined, words: string, foundFor: string | null) {
  const navigate = useNavigate();
  const playFrom = usePlayFrom();
  const { remember } = useRecentSearches();
  const top = found === undefined ? null : bestHit(found, found.corrected ?? foundFor ?? words);
  const songs = found?.songs ?? [];
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
  return { top, open };
}

/** The page of an album or an artist. */
export function hitAddress(hit: Exclude<Hit, { kind: "song" }>): string {
  return hit.kind === "album" ? `/albums/${hit.album.id}` : `/artists/${hit.artist.id}`;
}
