import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { waveformQuery } from "@/api/songs";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { WaveSeek } from "@/ui/WaveSeek";

import styles from "./NowPage.module.css";

/** A song that is heard for the first time may be measured any moment. */
const ASK_AGAIN_MS = 10_000;
const NONE: readonly number[] = [];

/** The wave of the current song. Until it was measured, the rule stands alone. */
export function NowWave({ songId }: { songId: number }) {
  const { t } = useTranslation("player");
  const player = usePlayerCommands();
  const duration = usePlayer((snapshot) => snapshot.duration);
  const { data } = useQuery({
    ...waveformQuery(songId),
    refetchInterval: ({ state }) => (state.data?.measured === false ? ASK_AGAIN_MS : false),
  });
  const describe = useCallback(
    (position: string, total: string) => t("positionOf", { position, total }),
    [t],
  );
  return (
    <div className={styles["wave"]}>
      <WaveSeek
        label={t("position")}
        duration={duration}
        peaks={data?.measured === true ? data.peaks : NONE}
        source={player.positionSource}
        onSeek={(seconds) => player.seek(seconds)}
        describe={describe}
      />
    </div>
  );
}
