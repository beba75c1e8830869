import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/Icon";

import styles from "./NowPage.module.css";
import { SleepButton } from "./SleepButton";
import { VibeIcon } from "./VibeIcon";

/** What takes the room of the sleeve on a phone. */
export type NowTab = "lyrics" | "vibe";

interface NowFootProps {
  tab: NowTab | null;
  onTab: (tab: NowTab | null) => void;
}

/** Under the thumb on a phone: the lyrics, the vibe, the sleep timer, the queue. */
export function NowFoot({ tab, onTab }: NowFootProps) {
  const { t } = useTranslation("now");
  const toggle = (of: NowTab) => ({
    type: "button" as const,
    className: classes(styles["tab"], tab === of && styles["on"]),
    "aria-pressed": tab === of,
    onClick: () => onTab(tab === of ? null : of),
  });
  return (
    <footer className={styles["foot"]}>
      <button {...toggle("lyrics")}>
        <Icon name="lyrics" />
        {t("lyrics.title")}
      </button>
      <button {...toggle("vibe")}>
        <VibeIcon />
        {t("vibe.title")}
      </button>
      <SleepButton />
      <Link to={"/queue" as string} className={styles["tab"]}>
        <Icon name="queue" />
        {t("queue")}
      </Link>
    </footer>
  );
}
