import { useSyncExternalStore } from "react";

import { type Board, deviceBoard } from "@/lib/deviceBoard";

/** Reads one thing of one's devices; the selector returns a field, not a new object. */
export function useDevices<Part>(selector: (board: Board) => Part): Part {
  return useSyncExternalStore(
    (changed) => deviceBoard.subscribe(changed),
    () => selector(deviceBoard.snapshot()),
  );
}
