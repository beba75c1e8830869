import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";

import { clamp } from "@/lib/clamp";
import { classes } from "@/lib/classes";

import styles from "./LetterRail.module.css";

/** Where the names begin that stand under one letter. */
export interface LetterMark {
  readonly letter: string;
  /** The place of the first of them in the list. */
  readonly offset: number;
}

interface LetterRailProps {
  /** In the order of the list. */
  letters: readonly LetterMark[];
  /** How many items the list has. */
  total: number;
  /** The place that stands first in view. */
  first: number;
  /** The most it may take, in pixels. */
  height: number | undefined;
  onJump: (offset: number) => void;
}

/** The longest tick, in pixels. */
const TICK = 16;
/** The least height of a name that can be read, in pixels. */
const NAME = 13;

/**
 * The letters at the side of a long list. A press jumps, a finger drawn along them follows, and for the keyboard they
 * are one stop in which the arrow keys move. The length of a tick says how many names stand under its letter.
 */
export function LetterRail({ letters, total, first, height, onJump }: LetterRailProps) {
  const { t } = useTranslation("rows");
  const rail = useRef<HTMLDivElement>(null);
  const drawn = useRef<number | null>(null);
  const current = Math.max(
    letters.findLastIndex(({ offset }) => offset <= first),
    0,
  );
  const sizes = letters.map(({ offset }, at) => (letters[at + 1]?.offset ?? total) - offset);
  const largest = Math.max(1, ...sizes);

  // Where there is not the room for all names, some stand for their neighbours; the ticks stay.
  const every = height === undefined ? 1 : Math.ceil((letters.length * NAME) / height);
  const isNamed = (at: number) => at === current || (at % every === 0 && Math.abs(at - current) >= every);

  const jump = (at: number) => {
    const mark = letters[at];
    if (mark !== undefined) onJump(mark.offset);
  };
  const keys = (event: KeyboardEvent) => {
    const at = letters.findIndex((_, place) => rail.current?.children[place] === event.target);
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: letters.length - 1,
    };
    const target = targets[event.key] ?? byName(event);
    if (at === -1 || target === undefined) return;
    event.preventDefault();
    const reached = clamp(target, 0, letters.length - 1);
    const button = rail.current?.children[reached];
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
    jump(reached);
  };
  const byName = (event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const at = letters.findIndex(
      ({ letter }) => letter.toLocaleLowerCase() === event.key.toLocaleLowerCase(),
    );
    return at === -1 ? undefined : at;
  };
  const draw = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons === 0) return;
    const { top, height: drawnHeight } = event.currentTarget.getBoundingClientRect();
    const at = clamp(
      Math.floor(((event.clientY - top) / drawnHeight) * letters.length),
      0,
      letters.length - 1,
    );
    if (at === drawn.current) return;
    drawn.current = at;
    jump(at);
  };
  const begin = (event: PointerEvent<HTMLElement>) => {
    drawn.current = null;
    event.currentTarget.setPointerCapture(event.pointerId);
    draw(event);
  };

  return (
    <div
      ref={rail}
      role="toolbar"
      tabIndex={-1}
      aria-orientation="vertical"
      aria-label={t("letters")}
      className={styles["rail"]}
      style={{ maxHeight: height }}
      onKeyDown={keys}
      onPointerDown={begin}
      onPointerMove={draw}
    >
      {letters.map(({ letter, offset }, at) => (
        <button
          key={`${letter} ${offset}`}
          type="button"
          tabIndex={at === current ? 0 : -1}
          aria-current={at === current ? "true" : undefined}
          aria-label={t("letter", { letter: letter === "#" ? t("figures") : letter, count: sizes[at] ?? 0 })}
          className={classes(styles["letter"], at === current && styles["current"])}
          // A press of the pointer has jumped by now; this is Enter, Space, and a screen reader's press.
          onClick={(event) => event.detail === 0 && jump(at)}
        >
          <span className={styles["tick"]} style={{ width: tick(sizes[at] ?? 0, largest) }} />
          {isNamed(at) && <span className={styles["name"]}>{letter}</span>}
        </button>
      ))}
    </div>
  );
}

/** By the root, so that small letters can still be seen beside large ones. */
function tick(size: number, largest: number): number {
  return Math.max(2, Math.round(Math.sqrt(size / largest) * TICK));
}
