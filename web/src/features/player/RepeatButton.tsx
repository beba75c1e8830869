import { useTranslation } from "react-i18next";

import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { IconButton } from "@/ui/IconButton";

export function RepeatButton() {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const repeat = usePlayer((snapshot) => snapshot.queue.repeat);
  return (
    <IconButton
      icon={repeat === "one" ? "repeatOne" : "repeat"}
      label={t(`repeat.${repeat}`)}
      pressed={repeat !== "off"}
      onClick={() => player.cycleRepeat()}
    />
  );
}
