import type { MouseEvent } from "react";

import type { GridSelection } from "./SongGrid";
import { useStable } from "./useStable";

interface RowPress {
  cursor: number;
  setCursor: (index: number) => void;
  selection: GridSelection;
  onPlay: (index: number) => void;
}

/** Parts of a row that have their own use for a press. */
const OWN = "a, button, input, [role=menu], [role=slider]";

/** What a press on a row does: it moves the cursor, selects with Shift or Ctrl, and plays under a finger. */
export function useRowPress({ cursor, setCursor, selection, onPlay }: RowPress) {
  return useStable((index: number, event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest(OWN)) return;
    const selecting = selection.ids.size > 0;
    const finger = "pointerType" in event.nativeEvent && event.nativeEvent.pointerType === "touch";
    setCursor(index);
    if (event.shiftKey) {
      if (!selecting) selection.toggle(cursor);
      selection.extend(index);
    } else if (event.ctrlKey || event.metaKey || (finger && selecting)) selection.toggle(index);
    else if (finger) onPlay(index);
  });
}
