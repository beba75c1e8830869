import { useTranslation } from "react-i18next";

import type { QueueEntry } from "@/engine/queue";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { useRowMove } from "@/hooks/useRowMove";
import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Title } from "@/ui/Title";

import styles from "./QueueRow.module.css";

export const QUEUE_ROW_HEIGHT = 56;

interface QueueRowProps {
  entry: QueueEntry;
  current?: boolean;
  /** Its place among the upcoming songs. */
  place?: number;
  onMove?: (to: number) => void;
}

export function QueueRow({ entry, current = false, place = 0, onMove }: QueueRowProps) {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const { title, artist, album, coverUrl, coverHue, duration } = entry.track;
  const grip = useRowMove({ place, rowHeight: QUEUE_ROW_HEIGHT, onMove });
  return (
    <div className={classes(styles["row"], current && styles["current"])}>
      {onMove !== undefined && (
        <button type="button" className={styles["grip"]} aria-label={t("queueMove", { title })} {...grip}>
          <Icon name="grip" />
        </button>
      )}
      <button type="button" className={styles["play"]} onClick={() => player.jumpTo(entry.key)}>
        <span className="sr">{t("queuePlay")}</span>{" "}
        <Cover url={coverUrl} title={album || title} hue={coverHue} size={40} />
        <span className={styles["text"]}>
          <Title className={classes("cut", styles["title"])}>{title}</Title>{" "}
          <Title className="cut ink3">{artist}</Title>
        </span>
      </button>
      <span className={styles["time"]}>{formatTime(duration)}</span>
      {!current && (
        <IconButton
          icon="close"
          label={t("queueRemove", { title })}
          onClick={() => player.remove(entry.key)}
        />
      )}
    </div>
  );
}
