import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { currentEntry } from "@/engine/queue";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { VirtualList } from "@/ui/VirtualList";

import styles from "./QueuePanel.module.css";
import { QUEUE_ROW_HEIGHT, QueueRow } from "./QueueRow";

/** Height of what stands above the upcoming songs inside the scroller. */
const ABOVE_UPCOMING = 34 + QUEUE_ROW_HEIGHT + 34;

/** What plays and what comes next, in an order that can be changed. */
export function QueuePanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["player", "common"]);
  const player = usePlayerCommands();
  const queue = usePlayer((snapshot) => snapshot.queue);
  const scroller = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [said, setSaid] = useState("");
  const current = currentEntry(queue);
  const upcoming = queue.entries.slice(queue.index + 1);

  useEffect(() => heading.current?.focus(), []);

  const move = (key: number, title: string, to: number) => {
    const place = Math.min(Math.max(to, 0), upcoming.length - 1);
    player.move(key, queue.index + 1 + place);
    setSaid(t("queueMoved", { title, place: place + 1, total: upcoming.length }));
  };
  const row = (at: number) => {
    const entry = upcoming[at];
    if (entry === undefined) return null;
    return <QueueRow entry={entry} place={at} onMove={(to) => move(entry.key, entry.track.title, to)} />;
  };

  return (
    <div className={styles["panel"]}>
      <header className={styles["head"]}>
        <h2 ref={heading} tabIndex={-1}>
          {t("queue")}
        </h2>
        {upcoming.length > 0 && (
          <Button kind="quiet" small onClick={() => player.clearUpcoming()}>
            {t("queueClear")}
          </Button>
        )}
        <Link
          to={"/queue" as string}
          className={styles["whole"]}
          aria-label={t("queueWhole")}
          title={t("queueWhole")}
          onClick={onClose}
        >
          <Icon name="expand" />
        </Link>
        <IconButton icon="close" label={t("common:close")} onClick={onClose} />
      </header>
      <div ref={scroller} className={styles["list"]}>
        {current !== null && (
          <>
            <h3 className={styles["label"]}>{t("queueNow")}</h3>
            <QueueRow entry={current} current />
          </>
        )}
        <h3 className={styles["label"]}>{t("queueNext")}</h3>
        {upcoming.length === 0 && <p className={styles["none"]}>{t("queueEmpty")}</p>}
        <VirtualList
          count={upcoming.length}
          rowHeight={QUEUE_ROW_HEIGHT}
          label={t("queueNext")}
          scroller={scroller}
          offset={ABOVE_UPCOMING}
          keyOf={(at) => upcoming[at]?.key ?? at}
          row={row}
        />
      </div>
      <p className="sr" role="status">
        {said}
      </p>
    </div>
  );
}
