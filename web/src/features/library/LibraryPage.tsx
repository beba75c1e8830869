import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useTitle } from "@/hooks/useTitle";
import { Icon } from "@/ui/Icon";

import styles from "./LibraryPage.module.css";

const PARTS = [
  { to: "/songs", text: "nav.songs", icon: "songs" },
  { to: "/albums", text: "nav.albums", icon: "albums" },
  { to: "/artists", text: "nav.artists", icon: "artists" },
  { to: "/genres", text: "nav.genres", icon: "songs" },
  { to: "/playlists", text: "playlists.title", icon: "library" },
] as const;

/** The ways into the library on a phone, where there is no rail. */
export function LibraryPage() {
  const { t } = useTranslation("shell");
  useTitle(t("nav.library"));
  return (
    <div className={styles["page"]}>
      <h1>{t("nav.library")}</h1>
      <ul>
        {PARTS.map((part) => (
          <li key={part.to}>
            <Link to={part.to as string} className={styles["row"]}>
              <Icon name={part.icon} />
              {t(part.text)}
              <Icon name="chevronRight" size={16} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
