import { useTranslation } from "react-i18next";

import { usePreferences, preferences } from "@/hooks/usePreferences";
import { classes } from "@/lib/classes";
import { Dialog } from "@/ui/Dialog";
import { Kbd } from "@/ui/Kbd";
import { Switch } from "@/ui/Switch";

import { hotkeys } from "./hotkeys";
import styles from "./KeysDialog.module.css";

const MAC = navigator.platform.startsWith("Mac");
const ARROWS: Record<string, string> = { ArrowLeft: "←", ArrowRight: "→" };

/** The list of shortcuts, with the switch for those that are single letters. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const { letterKeys } = usePreferences();
  const shown = (key: string) => (key === " " ? t("keys.space") : (ARROWS[key] ?? key.toUpperCase()));
  return (
    <Dialog open onClose={onClose} title={t("keys.title")}>
      <ul className={styles["list"]}>
        <li className={styles["row"]}>
          {t("keys.palette")}
          <Kbd>{MAC ? "⌘ K" : "Ctrl K"}</Kbd>
        </li>
        {hotkeys.map((hotkey) => (
          <li
            key={hotkey.key}
            className={classes(styles["row"], hotkey.letter && !letterKeys && styles["off"])}
          >
            {t(`keys.${hotkey.text}`)}
            <Kbd>{shown(hotkey.key)}</Kbd>
          </li>
        ))}
      </ul>
      <Switch
        label={t("keys.letters")}
        hint={t("keys.lettersHint")}
        checked={letterKeys}
        onChange={(on) => preferences.setLetterKeys(on)}
      />
    </Dialog>
  );
}
