import type { ReactNode } from "react";

import styles from "./Lettered.module.css";
import { type LetterMark, LetterRail } from "./LetterRail";

interface LetteredProps {
  /** Undefined for a list without letters; empty while they are on their way, which keeps their place. */
  letters: readonly LetterMark[] | undefined;
  total: number;
  /** The place that stands first in view. */
  first: number;
  onJump: (offset: number) => void;
  children: ReactNode;
}

/** A long list with its letters beside it. */
export function Lettered({ letters, total, first, onJump, children }: LetteredProps) {
  return (
    <div className={letters === undefined ? undefined : styles["lettered"]}>
      <div className={styles["list"]}>{children}</div>
      {letters !== undefined && letters.length > 1 && (
        <LetterRail letters={letters} total={total} first={first} onJump={onJump} />
      )}
    </div>
  );
}
