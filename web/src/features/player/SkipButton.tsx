import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { following } from "@/engine/queue";
import { IconButton } from "@/ui/IconButton";

export function SkipButton({ to }: { to: "next" | "previous" }) {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const useless = usePlayer(({ queue, track }) =>
    to === "next" ? following(queue) === null : track === null,
  );
  return <IconButton icon={to} label={t(to)} disabled={useless} onClick={() => player[to]()} />;
}
