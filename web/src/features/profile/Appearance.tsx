import { useTranslation } from "react-i18next";

import { preferences, usePreferences } from "@/hooks/usePreferences";
import { changeLanguage } from "@/i18n/i18n";
import { type Language, LANGUAGES } from "@/i18n/languages";
import { THEMES } from "@/lib/theme";
import { Segment } from "@/ui/Segment";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";

import styles from "./ProfilePage.module.css";
import { Section } from "./Section";

const languages = (Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, label: LANGUAGES[value] }));

/** How Hathor looks and listens to keys on this device. */
export function Appearance() {
  const { t, i18n } = useTranslation(["profile", "shell"]);
  const { theme, letterKeys } = usePreferences();
  return (
    <Section title={t("look.title")} about={t("look.about")}>
      <div className={styles["row"]}>
        <span>{t("shell:account.theme")}</span>
        <Segment
          label={t("shell:account.theme")}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`shell:account.${value}`) }))}
          onChange={(chosen) => preferences.setTheme(chosen)}
        />
      </div>
      <div className={styles["row"]}>
        <span>{t("shell:account.language")}</span>
        <Select
          label={t("shell:account.language")}
          value={i18n.language as Language}
          options={languages}
          onChange={(chosen) => void changeLanguage(chosen)}
        />
      </div>
      <Switch
        label={t("shell:keys.letters")}
        hint={t("shell:keys.lettersHint")}
        checked={letterKeys}
        onChange={(on) => preferences.setLetterKeys(on)}
      />
    </Section>
  );
}
