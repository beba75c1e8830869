import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/Icon";

import styles from "./Tabs.module.css";

interface TabsProps {
  queueOpen: boolean;
  onToggleQueue: () => void;
}

const BEFORE = [
  { to: "/", text: "nav.home", icon: "home" },
  { to: "/library", text: "nav.library", icon: "library" },
] as const;

/** The main ways on a phone. */
export function Tabs({ queueOpen, onToggleQueue }: TabsProps) {
  const { t } = useTranslation("shell");
  return (
    <nav className={classes(styles["tabs"], queueOpen && styles["over"])} aria-label={t("nav.main")}>
      {BEFORE.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to as string}
          className={styles["tab"]}
          activeOptions={{ exact: tab.to === "/" }}
        >
          <Icon name={tab.icon} size={22} />
          {t(tab.text)}
        </Link>
      ))}
      <Link to={"/search" as string} className={styles["tab"]}>
        <Icon name="search" size={22} />
        {t("nav.search")}
      </Link>
      <button type="button" className={styles["tab"]} aria-pressed={queueOpen} onClick={onToggleQueue}>
        <Icon name="queue" size={22} />
        {t("nav.queue")}
      </button>
    </nav>
  );
}
