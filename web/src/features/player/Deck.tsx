import { useTranslation } from "react-i18next";

import { usePlayer } from "@/hooks/usePlayer";
import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";
import { useElapsedText } from "@/hooks/usePosition";
import { IconButton } from "@/ui/IconButton";

import styles from "./Deck.module.css";
import { LateTools } from "./LateTools";
import { NowRule } from "./NowRule";
import { NowTitle } from "./NowTitle";
import { PlayButton } from "./PlayButton";
import { RepeatButton } from "./RepeatButton";
import { ShuffleButton } from "./ShuffleButton";
import { SkipButton } from "./SkipButton";
import { VolumeControl } from "./VolumeControl";

interface DeckProps {
  queueOpen: boolean;
  onToggleQueue: () => void;
}

/** The player on wide screens: one line like a front panel. */
export function Deck({ queueOpen, onToggleQueue }: DeckProps) {
  const { t } = useTranslation("player");
  const duration = usePlayer((player) => player.duration);
  const elapsed = useElapsedText<HTMLSpanElement>();
  return (
    <section className={styles["deck"]} aria-label={t("region")}>
      <NowTitle cover={56} />
      <div className={styles["transport"]}>
        <span className={styles["wide"]}>
          <ShuffleButton />
        </span>
        <SkipButton to="previous" />
        <PlayButton />
        <SkipButton to="next" />
        <span className={styles["wide"]}>
          <RepeatButton />
        </span>
      </div>
      <div className={styles["line"]}>
        <span ref={elapsed} className={styles["time"]} />
        <NowRule />
        <span className={classes(styles["time"], styles["total"])}>{formatTime(duration)}</span>
      </div>
      <div className={styles["tools"]}>
        <LateTools />
        <IconButton icon="queue" label={t("queue")} pressed={queueOpen} onClick={onToggleQueue} />
        <VolumeControl />
      </div>
    </section>
  );
}
