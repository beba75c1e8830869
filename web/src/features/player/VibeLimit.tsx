import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";

/** Why not everything can be bent here, and what would help. */
export function VibeLimit() {
  const { t } = useTranslation("now");
  const player = usePlayerCommands();
  const why = usePlayer(() => player.about().why);
  return <p className="ink2">{t(`vibe.cannot.${why ?? "waiting"}`)}</p>;
}
