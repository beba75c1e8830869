import { useTranslation } from "react-i18next";

import { preferences, usePreferences } from "@/hooks/usePreferences";
import { QUALITIES } from "@/lib/quality";
import { Segment } from "@/ui/Segment";

import styles from "./ProfilePage.module.css";
import { Section } from "./Section";
import { SoundHere } from "./SoundHere";
import { SoundOfSongs } from "./SoundOfSongs";

/** How songs come to this device, and how they sound on it. */
export function SoundQuality() {
  const { t } = useTranslation("profile");
  const { quality } = usePreferences();
  return (
    <Section title={t("quality.title")} about={t("quality.about")}>
      <div className={styles["row"]}>
        <span>{t("quality.label")}</span>
        <Segment
          label={t("quality.label")}
          value={quality}
          options={QUALITIES.map((value) => ({ value, label: t(`quality.${value}`) }))}
          onChange={(chosen) => preferences.setQuality(chosen)}
        />
      </div>
      <p className="ink3">{t(`quality.${quality}Hint`)}</p>
      <SoundOfSongs />
      <SoundHere />
    </Section>
  );
}
