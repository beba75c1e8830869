import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { IconButton } from "@/ui/IconButton";

export function ShuffleButton() {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const on = usePlayer((snapshot) => snapshot.queue.unshuffled !== null);
  return (
    <IconButton icon="shuffle" label={t("shuffle")} pressed={on} onClick={() => player.toggleShuffle()} />
  );
}
