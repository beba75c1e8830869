import { type ReactNode, type RefObject, useRef } from "react";

import styles from "./Lettered.module.css";
import { type LetterMark, LetterRail } from "./LetterRail";
import { useRoom } from "./useRoom";

interface LetteredProps {
  /** Undefined for a list without letters; empty while they are on their way, which keeps their place. */
  letters: readonly LetterMark[] | undefined;
  /** How many items the list has; 0 while that is not known. */
  total: number;
  /** The place that stands first in view. */
  first: number;
  scroller: RefObject<HTMLElement | null>;
  onJump: (offset: number) => void;
  children: ReactNode;
}

/** In a shorter list the eye is faster than the letters. */
const LEAST = 40;
const LEAST_HEIGHT = 240;
const MARGIN = 24;

/** A long list with its letters beside it. */
export function Lettered({ letters, total, first, scroller, onJump, children }: LetteredProps) {
  const box = useRef<HTMLDivElement>(null);
  const room = useRoom(box, scroller);
  const long = letters !== undefined && (total === 0 || total >= LEAST);
  return (
    <div ref={box} className={long ? styles["lettered"] : undefined}>
      <div className={styles["list"]}>{children}</div>
      {long && letters.length > 1 && (
        <LetterRail
          letters={letters}
          total={total}
          first={first}
          height={room === undefined ? undefined : Math.max(room - MARGIN, LEAST_HEIGHT)}
          onJump={onJump}
        />
      )}
    </div>
  );
}
