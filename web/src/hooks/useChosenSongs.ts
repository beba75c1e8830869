import { useMemo, useRef, useState } from "react";

import type { Song } from "@/api/types";

export interface SelectableList {
  readonly total: number | undefined;
  readonly at: (index: number) => Song | undefined;
  /** The songs from one place to another, loaded where they are not. */
  readonly load: (first: number, last: number) => Promise<Song[]>;
}

type Chosen = ReadonlyMap<number, Song>;
const NONE: Chosen = new Map();

/**
 * Which songs of a list are chosen, in the order they were. A stretch that is chosen at once is no longer than `most`;
 * onMost is told when it was cut.
 */
export function useChosenSongs(list: SelectableList, most: number, onMost: () => void) {
  const [chosen, setChosen] = useState(NONE);
  /** Where a stretch begins, and what was chosen when it began. */
  const anchor = useRef<{ index: number; before: Chosen }>({ index: 0, before: NONE });
  /** The stretch asked for last: its songs may have to be loaded, and by then another may be meant. */
  const asked = useRef(0);

  const become = (next: Chosen, index: number) => {
    asked.current += 1;
    anchor.current = { index, before: next };
    setChosen(next);
  };
  const toggle = (index: number) => {
    const song = list.at(index);
    if (song === undefined) return;
    const next = new Map(chosen);
    if (!next.delete(song.id)) next.set(song.id, song);
    become(next, index);
  };
  const choose = async (first: number, last: number, before: Chosen) => {
    const mine = (asked.current += 1);
    const songs = await list.load(first, last).catch(() => []);
    if (mine !== asked.current) return;
    setChosen(new Map([...before, ...songs.map((song): [number, Song] => [song.id, song])]));
  };
  const extend = (index: number) => {
    const { index: from, before } = anchor.current;
    // From the anchor on; the far end is cut.
    if (index >= from) void choose(from, Math.min(index, from + most - 1), before);
    else void choose(Math.max(index, from - most + 1), from, before);
    if (Math.abs(index - from) >= most) onMost();
  };
  return {
    songs: useMemo(() => [...chosen.values()], [chosen]),
    ids: useMemo(() => new Set(chosen.keys()), [chosen]),
    toggle,
    extend,
    /** Exactly the songs between two places. */
    choose: (first: number, last: number) => {
      anchor.current = { index: first, before: NONE };
      void choose(first, Math.min(last, first + most - 1), NONE);
      if (last - first >= most) onMost();
    },
    clear: () => become(NONE, 0),
  };
}
