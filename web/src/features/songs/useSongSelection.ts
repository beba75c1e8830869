import { useState } from "react";

import type { Song } from "@/api/types";
import { songDialogs } from "@/hooks/songDialogs";
import { useSession } from "@/hooks/useSession";
import { isPlayable } from "@/hooks/usePlayFrom";
import { mayEdit } from "@/hooks/mayEdit";
import { usePlaySongs } from "@/hooks/usePlaySongs";

interface SelectableList {
  readonly at: (index: number) => Song | undefined;
  readonly around: (index: number) => { items: Song[] };
}

/** The chosen songs, in the order they were chosen, and what is done with them. */
export function useSongSelection(list: SelectableList) {
  const [chosen, setChosen] = useState<ReadonlyMap<number, Song>>(new Map());
  const [anchor, setAnchor] = useState(0);
  const { play, playNext, append } = usePlaySongs();
  const user = useSession();

  const toggle = (index: number) => {
    const song = list.at(index);
    if (song === undefined) return;
    setAnchor(index);
    setChosen((known) => {
      const next = new Map(known);
      if (!next.delete(song.id)) next.set(song.id, song);
      return next;
    });
  };
  const extend = (index: number) => {
    const [from, to] = index < anchor ? [index, anchor] : [anchor, index];
    const songs = Array.from({ length: to - from + 1 }, (_, offset) => list.at(from + offset));
    setChosen((known) => new Map([...known, ...songs.flatMap((song) => (song ? [entry(song)] : []))]));
  };
  const all = () => setChosen(new Map(list.around(0).items.map(entry)));
  const clear = () => setChosen(new Map());

  const songs = [...chosen.values()];
  const then = (act: (songs: Song[]) => void) => () => {
    act(songs.filter(isPlayable));
    clear();
  };
  const bar = {
    count: songs.length,
    duration: songs.reduce((sum, song) => sum + song.duration, 0),
    onPlay: then(play),
    onPlayNext: then(playNext),
    onQueue: then(append),
    onAddToPlaylist: () => songDialogs.show({ kind: "addToPlaylist", songs, onAdded: clear }),
    onEdit: songs.every((song) => mayEdit(user, song))
      ? () => songDialogs.show({ kind: "edit", songs })
      : undefined,
    onClear: clear,
  };
  const letters: Record<string, () => void> = {
    n: bar.onPlayNext,
    q: bar.onQueue,
    p: bar.onAddToPlaylist,
    e: () => bar.onEdit?.(),
  };
  return {
    selection: { ids: new Set(chosen.keys()), toggle, extend, all, clear },
    /** Null while nothing is selected. */
    bar: songs.length === 0 ? null : bar,
    onLetter: (letter: string) => {
      const act = songs.length === 0 ? undefined : letters[letter];
      act?.();
      return act !== undefined;
    },
  };
}

function entry(song: Song): [number, Song] {
  return [song.id, song];
}
