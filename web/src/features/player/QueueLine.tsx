import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";

import type { QueueEntry } from "@/engine/queue";
import { useRowMove } from "@/hooks/useRowMove";
import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";
import { CheckBox } from "@/ui/CheckBox";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Title } from "@/ui/Title";

import styles from "./QueueLine.module.css";
import { QUEUE_ROW_HEIGHT } from "./QueueRow";

interface QueueLineProps {
  id: string;
  entry: QueueEntry;
  /** Its place among what comes next. */
  place: number;
  top: number;
  selected: boolean;
  cursor: boolean;
  onMove: (to: number) => void;
  onPress: (event: MouseEvent) => void;
  onPlay: () => void;
  onSelect: (extend: boolean) => void;
  onRemove: () => void;
}

/** One song that comes next. Only the row with the cursor has its controls in the tab order. */
export function QueueLine(props: QueueLineProps) {
  const { id, entry, place, top, selected, cursor, onMove, onPress, onPlay, onSelect, onRemove } = props;
  const { t } = useTranslation(["queue", "rows"]);
  const { title, artist, album, coverUrl, coverHue, duration } = entry.track;
  const grip = useRowMove({ place, rowHeight: QUEUE_ROW_HEIGHT, onMove });
  const tabIndex = cursor ? 0 : -1;
  return (
    // The grid around it has the focus and the keys; the row answers to pointers only.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="row"
      data-at={place}
      data-cursor={cursor || undefined}
      aria-rowindex={place + 1}
      aria-selected={selected}
      className={classes(styles["line"], selected && styles["selected"])}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onPress}
      onDoubleClick={onPlay}
    >
      <span role="gridcell">
        <button
          type="button"
          className={styles["grip"]}
          aria-label={t("move", { title })}
          tabIndex={tabIndex}
          {...grip}
        >
          <Icon name="grip" />
        </button>
      </span>
      <span role="gridcell" className={styles["box"]}>
        <CheckBox
          label={t("rows:selectTitle", { title })}
          checked={selected}
          tabIndex={tabIndex}
          onChange={onSelect}
        />
      </span>
      <Cover url={coverUrl} title={album || title} hue={coverHue} size={40} />
      <span role="gridcell" className={styles["text"]}>
        <Title className={classes("cut", styles["title"])}>{title}</Title>
        <Title className="cut ink3">{artist}</Title>
      </span>
      <span role="gridcell" className={styles["album"]}>
        <Title className="cut">{album}</Title>
      </span>
      <span role="gridcell" className={styles["time"]}>
        {formatTime(duration)}
      </span>
      <span role="gridcell">
        <IconButton icon="close" label={t("remove", { title })} tabIndex={tabIndex} onClick={onRemove} />
      </span>
    </div>
  );
}
