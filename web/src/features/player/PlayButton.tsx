import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { IconButton } from "@/ui/IconButton";

/** stage: the accent button of a page that is the player itself. */
export function PlayButton({ stage = false }: { stage?: boolean }) {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const playing = usePlayer((snapshot) => snapshot.wantsToPlay);
  const empty = usePlayer((snapshot) => snapshot.track === null);
  return (
    <IconButton
      icon={playing ? "pause" : "play"}
      label={playing ? t("pause") : t("play")}
      shape={stage ? "accent" : "round"}
      disabled={empty}
      onClick={() => player.toggle()}
    />
  );
}
