import { useId } from "react";
import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { usePlayer } from "@/hooks/usePlayer";
import { IconButton } from "@/ui/IconButton";
import { Slider } from "@/ui/Slider";

import styles from "./VolumeControl.module.css";

/** Where the deck has no room for a slider. */
const NARROW = "(max-width: 1099px)";

/** Mute and loudness; on narrow decks both stand behind one button. */
export function VolumeControl() {
  const { t } = useTranslation("player");
  const narrow = useMediaQuery(NARROW);
  const silent = usePlayer(({ muted, volume }) => muted || volume === 0);
  const panel = useId();
  if (!narrow) return <Loudness />;
  return (
    <>
      <IconButton icon={silent ? "volumeOff" : "volume"} label={t("volume")} popoverTarget={panel} />
      <div id={panel} popover="auto" className={styles["panel"]} role="group" aria-label={t("volume")}>
        <Loudness />
      </div>
    </>
  );
}

function Loudness() {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const volume = usePlayer((snapshot) => snapshot.volume);
  const muted = usePlayer((snapshot) => snapshot.muted);
  const silent = muted || volume === 0;
  return (
    <div className={styles["volume"]}>
      <IconButton
        icon={silent ? "volumeOff" : "volume"}
        label={muted ? t("unmute") : t("mute")}
        onClick={() => player.toggleMute()}
      />
      <Slider label={t("volume")} value={muted ? 0 : volume} onChange={(level) => player.setVolume(level)} />
    </div>
  );
}
