import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { usePreferences } from "@/hooks/usePreferences";
import { classes } from "@/lib/classes";
import { Icon } from "@/ui/Icon";
import { Mark } from "@/ui/Mark";

import { navigation } from "./nav";
import styles from "./Rail.module.css";
import { RailPlaylists } from "./RailPlaylists";

/** The main pages and one's playlists, at the side of wide screens. */
export function Rail() {
  const { t } = useTranslation(["shell", "common"]);
  const { letterKeys } = usePreferences();
  return (
    <nav className={styles["rail"]} aria-label={t("nav.main")}>
      <Link
        to="/"
        className={styles["brand"]}
        aria-current={undefined}
        activeProps={{ "aria-current": undefined }}
      >
        <Mark />
        <span className={styles["name"]}>{t("common:app")}</span>
      </Link>
      {navigation.map((entry) => (
        <Link
          key={entry.to}
          to={entry.to}
          className={styles["link"]}
          title={t(entry.text)}
          activeOptions={{ exact: entry.to === "/" }}
        >
          <Icon name={entry.icon} />
          <span className={styles["name"]}>{t(entry.text)}</span>
          {letterKeys && (
            <span className={styles["key"]} aria-hidden="true">
              {entry.letter.toUpperCase()}
            </span>
          )}
        </Link>
      ))}
      <Link
        to="/playlists"
        className={classes(styles["link"], styles["narrow"])}
        title={t("playlists.title")}
      >
        <Icon name="library" />
        <span className={styles["name"]}>{t("playlists.title")}</span>
      </Link>
      <div className={styles["lists"]}>
        <RailPlaylists />
      </div>
    </nav>
  );
}
