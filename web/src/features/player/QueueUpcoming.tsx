import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useScroller } from "@/hooks/ScrollerContext";
import { clamp } from "@/lib/clamp";
import { useGridKeys } from "@/ui/useGridKeys";
import { useRowPress } from "@/ui/useRowPress";
import { useVirtualRows } from "@/ui/useVirtualRows";

import { QueueLine } from "./QueueLine";
import styles from "./QueuePage.module.css";
import { QUEUE_ROW_HEIGHT } from "./QueueRow";
import type { QueueChoice } from "./useQueueChoice";

interface QueueUpcomingProps {
  choice: QueueChoice;
  /** Told whether the current song is scrolled out of sight. */
  onAway: (away: boolean) => void;
}

/** How many rows may be gone before the way back is offered. */
const NEAR = 4;

/** What comes next, as a table with the keys of the table of songs; Alt with the arrows moves songs, Delete takes them out. */
export function QueueUpcoming({ choice, onAway }: QueueUpcomingProps) {
  const { t } = useTranslation("queue");
  const { upcoming, chosen, selection, play, place, step, remove } = choice;
  const id = useId();
  const scroller = useScroller();
  const body = useRef<HTMLDivElement>(null);
  const [cursorAt, setCursor] = useState(0);
  const count = upcoming.length;
  const cursor = clamp(cursorAt, 0, Math.max(count - 1, 0));
  const { height, rows, scrollTo, perView } = useVirtualRows({
    ...{ count, rowHeight: QUEUE_ROW_HEIGHT, scroller, body },
    onFirst: (row) => onAway(row > NEAR),
  });

  const moveTo = (index: number) => {
    const to = clamp(index, 0, count - 1);
    setCursor(to);
    scrollTo(to);
    return to;
  };
  const letters: Record<string, () => void> = {
    n: choice.toFront,
    e: choice.toEnd,
    p: choice.save,
    d: () => remove(),
  };
  const onLetter = (letter: string) => {
    const act = chosen.length === 0 ? undefined : letters[letter];
    act?.();
    return act !== undefined;
  };
  const keys = useGridKeys({
    ...{ cursor, count, perView, moveTo, selection, onPlay: play, onLetter },
  });
  const press = useRowPress({ cursor, setCursor, selection, onPlay: play });
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (event.altKey && by !== 0) moveTo(cursor + step(cursor, by));
    else if (event.key === "Delete") remove(cursor);
    else return keys(event);
    event.preventDefault();
    event.stopPropagation();
  };
  const select = (index: number, extended: boolean) => {
    setCursor(index);
    if (extended) selection.extend(index);
    else selection.toggle(index);
  };
  return (
    <div
      role="grid"
      tabIndex={0}
      aria-label={t("next")}
      aria-rowcount={count}
      aria-multiselectable="true"
      aria-activedescendant={rows.some(({ index }) => index === cursor) ? `${id}-${cursor}` : undefined}
      aria-describedby={`${id}-keys`}
      className={styles["grid"]}
      data-selecting={chosen.length > 0 ? "" : undefined}
      onKeyDown={onKeyDown}
    >
      <div ref={body} role="rowgroup" className={styles["rows"]} style={{ height }}>
        {rows.map(({ index, top }) => {
          const entry = upcoming[index];
          if (entry === undefined) return null;
          return (
            <QueueLine
              key={entry.key}
              id={`${id}-${index}`}
              entry={entry}
              place={index}
              top={top}
              selected={selection.ids.has(entry.key)}
              cursor={index === cursor}
              onMove={(to) => place([entry], to)}
              onPress={(event) => press(index, event)}
              onPlay={() => play(index)}
              onSelect={(extended) => select(index, extended)}
              onRemove={() => remove(index)}
            />
          );
        })}
      </div>
      <p id={`${id}-keys`} className="sr">
        {t("keys")}
      </p>
    </div>
  );
}
