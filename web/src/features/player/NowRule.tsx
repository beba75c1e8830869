import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { Seek } from "@/ui/Seek";

/** The rule of the current song. */
export function NowRule({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const duration = usePlayer((snapshot) => (snapshot.track === null ? 0 : snapshot.duration));
  const describe = useCallback(
    (position: string, total: string) => t("positionOf", { position, total }),
    [t],
  );
  return (
    <Seek
      label={t("position")}
      duration={duration}
      source={player.positionSource}
      onSeek={(seconds) => player.seek(seconds)}
      compact={compact}
      describe={describe}
    />
  );
}
