import { useTranslation } from "react-i18next";

import type { Queue, QueueEntry } from "@/engine/queue";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { songDialogs } from "@/hooks/songDialogs";
import { useChosenSongs } from "@/hooks/useChosenSongs";
import { clamp } from "@/lib/clamp";
import { toasts } from "@/lib/toasts";

/** As many as a queue may well have. */
const MOST = 10_000;

export type QueueChoice = ReturnType<typeof useQueueChoice>;

/** What comes next, which of it is chosen, and what is done with that. say is told what moved, for screen readers. */
export function useQueueChoice(queue: Queue, say: (text: string) => void) {
  const { t } = useTranslation("queue");
  const player = usePlayerCommands();
  const first = queue.index + 1;
  const upcoming = queue.entries.slice(first);
  const at = (index: number) => numbered(upcoming[index]);
  const { ids, toggle, extend, choose, clear } = useChosenSongs(
    {
      total: upcoming.length,
      at,
      load: (from, to) => Promise.resolve(upcoming.slice(from, to + 1).flatMap((one) => numbered(one) ?? [])),
    },
    MOST,
    () => toasts.push(t("selection.most", { count: MOST })),
  );
  // A song that was chosen may play by now.
  const chosen = ids.size === 0 ? [] : upcoming.filter(({ key }) => ids.has(key));

  /** What a command at a place means: the selection it belongs to, or the song there alone. */
  const meantAt = (index: number): QueueEntry[] => {
    const entry = upcoming[index];
    if (entry === undefined) return [];
    return ids.has(entry.key) ? chosen : [entry];
  };
  const keysOf = (entries: readonly QueueEntry[]) => new Set(entries.map(({ key }) => key));
  const place = (entries: readonly QueueEntry[], to: number) => {
    const [only] = entries;
    if (only === undefined) return;
    const most = upcoming.length - entries.length;
    const at = clamp(to, 0, most);
    player.moveAll(keysOf(entries), first + at);
    say(
      entries.length > 1
        ? t("movedMany", { count: entries.length })
        : t("moved", { title: only.track.title, place: at + 1, total: upcoming.length }),
    );
  };
  return {
    upcoming,
    chosen,
    selection: { ids, toggle, extend, all: () => choose(0, upcoming.length - 1), clear },
    place,
    /** Moves what a place means by one, and answers how far it went. */
    step: (index: number, by: number): number => {
      const entries = meantAt(index);
      const from = upcoming.findIndex(({ key }) => key === entries[0]?.key);
      const to = clamp(from + by, 0, upcoming.length - entries.length);
      if (to !== from) place(entries, to);
      return to - from;
    },
    play: (index: number) => {
      const entry = upcoming[index];
      if (entry !== undefined) player.jumpTo(entry.key);
    },
    toFront: () => place(chosen, 0),
    toEnd: () => place(chosen, upcoming.length),
    save: () =>
      songDialogs.show({
        kind: "addToPlaylist",
        songs: chosen.map(({ track: { id } }) => ({ id })),
        onAdded: clear,
      }),
    /** Takes out what a place means, or the selection. */
    remove: (index?: number) => {
      player.removeAll(keysOf(index === undefined ? chosen : meantAt(index)));
      clear();
    },
  };
}

function numbered(entry: QueueEntry | undefined) {
  return entry === undefined ? undefined : { ...entry, id: entry.key };
}
