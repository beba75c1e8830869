import { type RefObject, useEffect, useEffectEvent, useRef } from "react";

import { formatTime } from "@/lib/format";
import { followPosition } from "@/lib/positionSource";

import { usePlayerCommands } from "./PlayerContext";

/** Calls draw for every frame in which playback moves. It renders nothing: write to the DOM through a ref. */
export function usePositionFrame(draw: (seconds: number) => void): void {
  const { positionSource } = usePlayerCommands();
  const drawNow = useEffectEvent(draw);
  useEffect(() => followPosition(positionSource, (seconds) => drawNow(seconds)), [positionSource]);
}

/** A ref for an element whose text is the elapsed time. */
export function useElapsedText<Target extends HTMLElement>(): RefObject<Target | null> {
  const target = useRef<Target>(null);
  usePositionFrame((seconds) => {
    const text = formatTime(seconds);
    if (target.current !== null && target.current.textContent !== text) target.current.textContent = text;
  });
  return target;
}
