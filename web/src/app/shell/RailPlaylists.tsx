import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { playlistsQuery } from "@/api/playlists";
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
          <Link to={"/playlists" as string} activeProps={{ "aria-current": undefined }}>
            {t("playlists.title")}
          </Link>
        </h2>
      </div>
      {isError && <p className={styles["note"]}>{t("playlists.failed")}</p>}
      {own?.length === 0 && <p className={styles["note"]}>{t("playlists.none")}</p>}
      <ul className={styles["list"]}>
        {own?.map((playlist) => (
          <li key={playlist.id}>
            <Link to={`/playlists/${playlist.id}` as string}>
              <Title className="cut">{playlist.name}</Title>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
