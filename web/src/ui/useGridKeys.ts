import type { KeyboardEvent } from "react";

import type { GridSelection } from "./SongGrid";

interface GridKeys {
  cursor: number;
  count: number;
  perView: number;
  /** Moves the cursor as far as the list goes and says where it is now. */
  moveTo: (index: number) => number;
  selection: GridSelection;
  onPlay: (index: number) => void;
  onLetter: (letter: string, index: number) => boolean;
}

/** The keys of a table whose cursor is a row. Controls inside a row keep their own Enter and Space. */
export function useGridKeys({ cursor, count, perView, moveTo, selection, onPlay, onLetter }: GridKeys) {
  const targets: Record<string, number> = {
    ArrowDown: cursor + 1,
    ArrowUp: cursor - 1,
    PageDown: cursor + perView,
    PageUp: cursor - perView,
    Home: 0,
    End: count - 1,
  };
  const inGrid = (key: string): boolean => {
    if (key === "Enter") onPlay(cursor);
    else if (key === " ") selection.toggle(cursor);
    else return key.length === 1 && onLetter(key.toLowerCase(), cursor);
    return true;
  };
  const pressed = (event: KeyboardEvent): boolean => {
    const target = targets[event.key];
    if (target !== undefined) {
      if (event.shiftKey && selection.ids.size === 0) selection.toggle(cursor);
      const reached = moveTo(target);
      if (event.shiftKey) selection.extend(reached);
      return true;
    }
    if (event.key === "a" && (event.ctrlKey || event.metaKey)) selection.all();
    else if (event.key === "Escape" && selection.ids.size > 0) selection.clear();
    else if (event.ctrlKey || event.metaKey || event.altKey) return false;
    else return event.target === event.currentTarget && inGrid(event.key);
    return true;
  };
  return (event: KeyboardEvent) => {
    // A menu or a dialog drawn from inside the table has its own keys.
    if (event.target instanceof Element && !event.currentTarget.contains(event.target)) return;
    if (pressed(event)) event.preventDefault();
  };
}
