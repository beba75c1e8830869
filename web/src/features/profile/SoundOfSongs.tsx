import { useTranslation } from "react-i18next";

import { soundSettings, useSoundSettings } from "@/hooks/soundSettings";
import { CROSSFADES, LEVELLINGS } from "@/lib/soundSettings";
import { Segment } from "@/ui/Segment";
import { Select } from "@/ui/Select";

import styles from "./ProfilePage.module.css";

/** How loud songs are beside each other, and how one goes over into the next. */
export function SoundOfSongs() {
  const { t } = useTranslation("profile");
  const { levelling, crossfade } = useSoundSettings();
  return (
    <>
      <div className={styles["row"]}>
        <span>{t("sound.levelling")}</span>
        <Segment
          label={t("sound.levelling")}
          value={levelling}
          options={LEVELLINGS.map((value) => ({ value, label: t(`sound.level.${value}`) }))}
          onChange={(chosen) => soundSettings.setLevelling(chosen)}
        />
      </div>
      <p className="ink3">{t(`sound.levelHint.${levelling}`)}</p>
      <div className={styles["row"]}>
        <span>{t("sound.crossfade")}</span>
        <Select
          label={t("sound.crossfade")}
          value={String(crossfade)}
          options={CROSSFADES.map((seconds) => ({
            value: String(seconds),
            label: seconds === 0 ? t("sound.gapless") : t("sound.seconds", { seconds }),
          }))}
          onChange={(chosen) => soundSettings.setCrossfade(Number(chosen))}
        />
      </div>
    </>
  );
}
