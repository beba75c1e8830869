import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { formatTime } from "@/lib/format";

import { Button } from "./Button";
import { IconButton } from "./IconButton";
import { Kbd } from "./Kbd";
import styles from "./SelectionBar.module.css";

interface SelectionBarProps {
  count: number;
  /** Seconds of all that is selected. */
  duration: number;
  onPlay: () => void;
  onPlayNext: () => void;
  onQueue: () => void;
  onAddToPlaylist: () => void;
  /** Left out where the listener may not change all of them. */
  onEdit?: (() => void) | undefined;
  onClear: () => void;
}

interface SelectionFrameProps {
  count: number;
  /** Seconds of all that is selected. */
  duration: number;
  onClear: () => void;
  /** Small buttons. */
  children: ReactNode;
}

/** A bar with how much is selected, at the foot of the page. */
export function SelectionFrame({ count, duration, onClear, children }: SelectionFrameProps) {
  const { t } = useTranslation("rows");
  return (
    <div className={styles["place"]}>
      <section className={styles["bar"]} aria-label={t("selection.label")}>
        <p className={styles["count"]} role="status">
          <b>{t("selection.count", { count })}</b> <span>{formatTime(duration)}</span>
        </p>
        {children}
        <IconButton icon="close" label={t("selection.clear")} onClick={onClear} />
      </section>
    </div>
  );
}

/** What can be done with the selected songs. It floats at the foot of the page while there are any. */
export function SelectionBar(props: SelectionBarProps) {
  const { t } = useTranslation("rows");
  const { count, duration, onPlay, onPlayNext, onQueue, onAddToPlaylist, onEdit, onClear } = props;
  return (
    <SelectionFrame count={count} duration={duration} onClear={onClear}>
      <Button kind="primary" small icon="play" onClick={onPlay}>
        {t("selection.play")}
      </Button>
      <Button kind="quiet" small onClick={onPlayNext}>
        {t("selection.playNext")} <Key>N</Key>
      </Button>
      <Button kind="quiet" small onClick={onQueue}>
        {t("selection.queue")} <Key>Q</Key>
      </Button>
      <Button kind="quiet" small onClick={onAddToPlaylist}>
        {t("selection.addToPlaylist")} <Key>P</Key>
      </Button>
      {onEdit !== undefined && (
        <Button kind="quiet" small onClick={onEdit}>
          {t("edit")} <Key>E</Key>
        </Button>
      )}
    </SelectionFrame>
  );
}

/** The key that does the same. */
export function Key({ children }: { children: string }) {
  return (
    <span className={styles["key"]} aria-hidden="true">
      <Kbd>{children}</Kbd>
    </span>
  );
}
