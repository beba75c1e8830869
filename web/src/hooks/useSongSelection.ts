import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { toasts } from "@/lib/toasts";

import { mayEdit } from "./mayEdit";
import { songDialogs } from "./songDialogs";
import { type SelectableList, useChosenSongs } from "./useChosenSongs";
import { isPlayable } from "./usePlayFrom";
import { usePlaySongs } from "./usePlaySongs";
import { useSession } from "./useSession";
import { useSongMarks } from "./useSongMarks";

/** Songs that Ctrl-A and Shift select at once. */
const MOST_SELECTED = 1000;

/** The chosen songs of a list, and what is done with them: by the bar, the menu and the keys. */
export function useSongSelection(list: SelectableList<Song>) {
  const { t } = useTranslation("rows");
  const { songs, ids, toggle, extend, choose, clear } = useChosenSongs(list, MOST_SELECTED, () =>
    toasts.push(t("selection.most", { count: MOST_SELECTED })),
  );
  const { play, playNext, append } = usePlaySongs();
  const { like, rate } = useSongMarks();
  const user = useSession();

  const then = (act: (songs: Song[]) => void) => () => {
    act(songs.filter(isPlayable));
    clear();
  };
  const ratings = new Set(songs.map(({ rating }) => rating));
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
  const onLetter = (letter: string, index: number) => {
    const song = list.at(index);
    const act = songs.length === 0 ? undefined : letters[letter];
    act?.();
    if (act !== undefined) return true;
    if (!/^[0-5]$/.test(letter) || song === undefined) return false;
    rate(songs.length === 0 ? [song] : songs, Number(letter));
    return true;
  };
  return {
    selection: { ids, toggle, extend, all: () => choose(0, (list.total ?? 0) - 1), clear },
    /** Null while nothing is selected. */
    bar: songs.length === 0 ? null : bar,
    /** What the menu of the selection has beside the bar. */
    marks: {
      liked: songs.every(({ liked }) => liked),
      onLike: (liked: boolean) => like(songs, liked),
      /** Null where they differ. */
      rating: ratings.size === 1 ? (songs[0]?.rating ?? null) : null,
      onRate: (rating: number) => rate(songs, rating),
    },
    onLetter,
  };
}
