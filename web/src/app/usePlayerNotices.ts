import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { Player } from "@/engine/player";
import { toasts } from "@/lib/toasts";

/** Says when a song would not play, and why. */
export function usePlayerNotices(player: Player): void {
  const { t } = useTranslation("player");
  useEffect(
    () =>
      player.onNotice(({ kind, track, reason }) => {
        toasts.push(`${t(`notice.${kind}`, { title: track.title })} ${t(`reason.${reason}`)}`, "fault");
      }),
    [player, t],
  );
}
