import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { currentEntry } from "@/engine/queue";
import { useScroller } from "@/hooks/ScrollerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { useTitle } from "@/hooks/useTitle";
import { Button } from "@/ui/Button";

import { QueueEmpty } from "./QueueEmpty";
import { QueueHead } from "./QueueHead";
import { QueueHistory } from "./QueueHistory";
import styles from "./QueuePage.module.css";
import { QueueRow } from "./QueueRow";
import { QueueSelectionBar } from "./QueueSelectionBar";
import { QueueUpcoming } from "./QueueUpcoming";
import { useQueueChoice } from "./useQueueChoice";

/** What plays, what comes next and what was before, all of it to be put in order. */
export function QueuePage() {
  const { t } = useTranslation("queue");
  const queue = usePlayer((player) => player.queue);
  const scroller = useScroller();
  const now = useRef<HTMLHeadingElement>(null);
  const [away, setAway] = useState(false);
  const [said, setSaid] = useState("");
  const choice = useQueueChoice(queue, setSaid);
  const current = currentEntry(queue);
  useTitle(t("title"));

  if (current === null) return <QueueEmpty />;
  const jump = () => {
    scroller.current?.scrollTo({ top: 0 });
    now.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <div className={styles["page"]}>
        <QueueHead queue={queue} />
        {/* One parent for all rows: each list knows where it stands by how high this is. */}
        <div className={styles["lists"]}>
          <h2 ref={now} tabIndex={-1} className={styles["label"]}>
            {t("now")}
          </h2>
          <QueueRow entry={current} current />
          <h2 className={styles["label"]}>{t("next")}</h2>
          {choice.upcoming.length === 0 && <p className={styles["none"]}>{t("nextNone")}</p>}
          {choice.upcoming.length > 0 && <QueueUpcoming choice={choice} onAway={setAway} />}
          {queue.index > 0 && (
            <>
              <h2 className={styles["label"]}>{t("history")}</h2>
              <QueueHistory queue={queue} />
            </>
          )}
        </div>
        <p className="sr" role="status">
          {said}
        </p>
      </div>
      {choice.chosen.length > 0 && <QueueSelectionBar choice={choice} />}
      {away && choice.chosen.length === 0 && (
        <div className={styles["jump"]}>
          <Button icon="moveUp" small onClick={jump}>
            {t("jump")}
          </Button>
        </div>
      )}
    </>
  );
}
