import { useMemo, useRef, useState } from "react";

interface Numbered {
  readonly id: number;
}

export interface SelectableList<Item extends Numbered> {
  readonly total: number | undefined;
  readonly at: (index: number) => Item | undefined;
  /** What stands from one place to another, loaded where it is not. */
  readonly load: (first: number, last: number) => Promise<Item[]>;
}

/**
 * Which songs of a list, or entries of a queue, are chosen, in the order they were. A stretch that is chosen at once is no longer than `most`;
 * onMost is told when it was cut.
 */
export function useChosenSongs<Item extends Numbered>(
  list: SelectableList<Item>,
  most: number,
  onMost: () => void,
) {
  type Chosen = ReadonlyMap<number, Item>;
  const [chosen, setChosen] = useState<Chosen>(none);
  /** Where a stretch begins, and what was chosen when it began. */
  const anchor = useRef<{ index: number; before: Chosen }>({ index: 0, before: none<Item>() });
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
    setChosen(new Map([...before, ...songs.map((song): [number, Item] => [song.id, song])]));
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
      anchor.current = { index: first, before: none<Item>() };
      void choose(first, Math.min(last, first + most - 1), none());
      if (last - first >= most) onMost();
    },
    clear: () => become(none(), 0),
  };
}

function none<Item>(): ReadonlyMap<number, Item> {
  return new Map();
}
