import { useTranslation } from "react-i18next";

import type { Queue } from "@/engine/queue";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { songDialogs } from "@/hooks/songDialogs";
import { formatTime } from "@/lib/format";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";

import styles from "./QueuePage.module.css";

/** How much there is, and what can be done with all of it. */
export function QueueHead({ queue }: { queue: Queue }) {
  const { t } = useTranslation("queue");
  const player = usePlayerCommands();
  const { entries, index } = queue;
  const seconds = entries.reduce((sum, { track }) => sum + track.duration, 0);
  const save = () =>
    songDialogs.show({ kind: "addToPlaylist", songs: entries.map(({ track: { id } }) => ({ id })) });
  const clear = () => {
    const gone = entries.slice(index + 1).map(({ track }) => track);
    player.clearUpcoming();
    toasts.push(t("cleared"), "info", { label: t("undo"), run: () => player.append(gone) });
  };
  return (
    <header className={styles["head"]}>
      <div>
        <h1>{t("title")}</h1>
        <p className="ink2">{t("about", { count: entries.length, time: formatTime(seconds) })}</p>
      </div>
      <div className={styles["actions"]}>
        <Button icon="add" onClick={save}>
          {t("save")}
        </Button>
        <Button kind="quiet" disabled={index >= entries.length - 1} onClick={clear}>
          {t("clear")}
        </Button>
      </div>
    </header>
  );
}
