import { useTranslation } from "react-i18next";

import { useSleepTimer, useSleepView } from "@/hooks/sleepTimer";
import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";
import { SLEEP_MINUTES, type SleepView } from "@/lib/sleepTimer";
import { Icon } from "@/ui/Icon";
import { Menu } from "@/ui/Menu";
import { MenuItem, MenuLabel, MenuLine } from "@/ui/MenuParts";

import styles from "./SleepButton.module.css";

/** The sleep timer: a menu to set it, and the time that is left on its button. */
export function SleepButton() {
  const { t } = useTranslation("now");
  const timer = useSleepTimer();
  const view = useSleepView();
  const on = view.sleep.kind !== "off";
  const state = useStateText(view);
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={classes(styles["button"], on && styles["on"])}
          aria-label={t("sleep.label", { state })}
          title={t("sleep.title")}
        >
          <Icon name="moon" />
          {view.left !== null && (
            <span className={styles["left"]} aria-hidden="true">
              {formatTime(view.left)}
            </span>
          )}
        </button>
      }
    >
      <MenuLabel>{on ? state : t("sleep.title")}</MenuLabel>
      {SLEEP_MINUTES.map((minutes) => (
        <MenuItem key={minutes} icon="clock" onSelect={() => timer.set(minutes)}>
          {t("sleep.minutes", { count: minutes })}
        </MenuItem>
      ))}
      <MenuItem icon="songs" onSelect={() => timer.set("endOfSong")}>
        {t("sleep.endOfSong")}
      </MenuItem>
      {on && (
        <>
          <MenuLine />
          <MenuItem icon="close" onSelect={() => timer.cancel()}>
            {t("sleep.off")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

function useStateText({ sleep, left }: SleepView): string {
  const { t } = useTranslation("now");
  if (sleep.kind === "off") return t("sleep.off");
  if (sleep.kind === "endOfSong") return t("sleep.setEnd");
  return t("sleep.set", { time: formatTime(left ?? 0) });
}
