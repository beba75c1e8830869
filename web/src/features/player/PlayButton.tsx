import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { IconButton } from "@/ui/IconButton";

export function PlayButton() {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const playing = usePlayer((snapshot) => snapshot.wantsToPlay);
  const empty = usePlayer((snapshot) => snapshot.track === null);
  return (
    <IconButton
      icon={playing ? "pause" : "play"}
      label={playing ? t("pause") : t("play")}
      shape="round"
      disabled={empty}
      onClick={() => player.toggle()}
    />
  );
}
