import { useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Queue } from "@/engine/queue";
import { useScroller } from "@/hooks/ScrollerContext";
import { useVirtualRows } from "@/ui/useVirtualRows";

import styles from "./QueuePage.module.css";
import { QUEUE_ROW_HEIGHT, QueueRow } from "./QueueRow";

/** What was before the current song, the last one first. */
export function QueueHistory({ queue }: { queue: Queue }) {
  const { t } = useTranslation("queue");
  const scroller = useScroller();
  const body = useRef<HTMLOListElement>(null);
  const count = queue.index;
  const { height, rows } = useVirtualRows({ count, rowHeight: QUEUE_ROW_HEIGHT, scroller, body });
  return (
    <ol ref={body} className={styles["rows"]} style={{ height }} aria-label={t("history")}>
      {rows.map(({ index, top }) => {
        const entry = queue.entries[count - 1 - index];
        if (entry === undefined) return null;
        return (
          <li
            key={entry.key}
            className={styles["place"]}
            style={{ transform: `translateY(${top}px)` }}
            aria-setsize={count}
            aria-posinset={index + 1}
          >
            <QueueRow entry={entry} />
          </li>
        );
      })}
    </ol>
  );
}
