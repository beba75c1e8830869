import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { IconButton } from "@/ui/IconButton";
import { Slider } from "@/ui/Slider";

import styles from "./VolumeControl.module.css";

export function VolumeControl() {
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
      <span className={styles["slider"]}>
        <Slider
          label={t("volume")}
          value={muted ? 0 : volume}
          onChange={(level) => player.setVolume(level)}
        />
      </span>
    </div>
  );
}
