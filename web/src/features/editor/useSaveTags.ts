import { useMutation } from "@tanstack/react-query";

import { editSongs, MOST_EDITED, setCover } from "@/api/edits";
import { ApiError } from "@/api/error";
import type { EditedSongs, Song, SongChange } from "@/api/types";

import { useEditDone } from "./useEditDone";

export interface Save {
  readonly set: SongChange;
  readonly clear?: readonly string[];
  readonly cover?: Blob | null;
}

/** Sends an edit of any number of songs, a part at a time. */
export function useSaveTags(songs: readonly Song[], onSaved: () => void) {
  const { done } = useEditDone();
  const save = useMutation({
    mutationFn: async ({ set, clear = [], cover = null }: Save) => {
      const edits: number[] = [];
      const after = new Map<number, Song>();
      const take = ({ editId, songs: changed }: EditedSongs) => {
        if (editId !== null) edits.push(editId);
        for (const song of changed) after.set(song.id, song);
      };
      for (let from = 0; from < songs.length; from += MOST_EDITED) {
        const ids = songs.slice(from, from + MOST_EDITED).map((song) => song.id);
        if (Object.keys(set).length > 0 || clear.length > 0) take(await editSongs(ids, set, clear));
        if (cover !== null) take(await setCover(ids, cover));
      }
      return { edits, after: [...after.values()] };
    },
    onSuccess: async ({ edits, after }) => {
      onSaved();
      await done(songs.length, edits, after);
    },
  });
  const error = save.error instanceof ApiError ? save.error : null;
  return {
    save,
    fault: (field: string) =>
      error?.details.find((detail) => bare(detail.field) === field || singular(field) === bare(detail.field))
        ?.message,
    rest: error !== null && error.details.length > 0 && !error.details.some(isOfSongs) ? null : save.error,
  };
}

/** "set.artists[2]" is about artists. */
function bare(field: string): string {
  return field.replace(/^set\./, "").replace(/\[\d+\]$/, "");
}

/** The server speaks of "artist" where there is one. */
function singular(field: string): string {
  return field.replace(/s$/, "");
}

function isOfSongs({ field }: { field: string }): boolean {
  return field.startsWith("ids");
}
