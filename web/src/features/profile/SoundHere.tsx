import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";

/** What the player can do in this browser, and what is in the way of more, in plain words. */
export function SoundHere() {
  const { t } = useTranslation("profile");
  const player = usePlayerCommands();
  const rung = usePlayer(() => player.about().rung);
  const why = usePlayer(() => player.about().why);
  const known = usePlayer(() => player.about().codec !== null) || why !== null;
  const can = rung === "element" ? t("sound.here.plain") : t("sound.here.exact");
  return (
    <p className="ink3">
      {known ? can : t("sound.here.unknown")}
      {why !== null && ` ${t(`sound.why.${why}`)}`}
    </p>
  );
}
