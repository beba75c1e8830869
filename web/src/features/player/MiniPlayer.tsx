import { useTranslation } from "react-i18next";

import { usePlayer } from "@/hooks/usePlayer";

import styles from "./MiniPlayer.module.css";
import { NowRule } from "./NowRule";
import { NowTitle } from "./NowTitle";
import { PlayButton } from "./PlayButton";
import { SkipButton } from "./SkipButton";

/** The player on phones, above the tabs. It is not there while nothing was played. */
export function MiniPlayer() {
  const { t } = useTranslation("player");
  const empty = usePlayer((player) => player.track === null);
  if (empty) return null;
  return (
    <section className={styles["mini"]} aria-label={t("region")}>
      <NowRule compact />
      <div className={styles["bar"]}>
        <NowTitle cover={44} />
        <SkipButton to="next" />
        <PlayButton />
      </div>
    </section>
  );
}
