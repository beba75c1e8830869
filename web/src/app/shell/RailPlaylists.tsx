import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { playlistsQuery } from "@/api/playlists";
import { Icon } from "@/ui/Icon";
import { Title } from "@/ui/Title";

import styles from "./RailPlaylists.module.css";

/** One's own playlists in the rail. */
export function RailPlaylists() {
  const { t } = useTranslation("shell");
  const { data, isError } = useQuery(playlistsQuery);
  const own = data?.playlists.filter((playlist) => playlist.mine);
  return (
    <>
      <div className={styles["head"]}>
        <h2>
          <Link to="/playlists" activeProps={{ "aria-current": undefined }}>
            {t("playlists.title")}
          </Link>
        </h2>
        <Link
          to="/playlists"
          search={{ make: true }}
          className={styles["add"]}
          title={t("playlists.make")}
          aria-label={t("playlists.make")}
          activeProps={{ "aria-current": undefined }}
        >
          <Icon name="add" size={16} />
        </Link>
      </div>
      {isError && <p className={styles["note"]}>{t("playlists.failed")}</p>}
      {own?.length === 0 && <p className={styles["note"]}>{t("playlists.none")}</p>}
      <ul className={styles["list"]}>
        {own?.map((playlist) => (
          <li key={playlist.id}>
            <Link to="/playlists/$id" params={{ id: String(playlist.id) }}>
              <Title className="cut">{playlist.name}</Title>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
