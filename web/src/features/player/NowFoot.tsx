import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/Icon";

import styles from "./NowPage.module.css";
import { SleepButton } from "./SleepButton";

interface NowFootProps {
  /** The lyrics are shown. */
  reading: boolean;
  onRead: (reading: boolean) => void;
}

/** Under the thumb on a phone: the lyrics, the sleep timer, the queue. */
export function NowFoot({ reading, onRead }: NowFootProps) {
  const { t } = useTranslation("now");
  return (
    <footer className={styles["foot"]}>
      <button
        type="button"
        className={classes(styles["tab"], reading && styles["on"])}
        aria-pressed={reading}
        onClick={() => onRead(!reading)}
      >
        <Icon name="lyrics" />
        {t("lyrics.title")}
      </button>
      <SleepButton />
      <Link to={"/queue" as string} className={styles["tab"]}>
        <Icon name="queue" />
        {t("queue")}
      </Link>
    </footer>
  );
}
