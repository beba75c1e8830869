import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Playlist } from "@/api/types";
import { classes } from "@/lib/classes";
import { formatTime } from "@/lib/format";
import { Icon } from "@/ui/Icon";
import { Mosaic } from "@/ui/Mosaic";
import { Title } from "@/ui/Title";

import styles from "./PlaylistsPage.module.css";

export function PlaylistCard({ playlist }: { playlist: Playlist }) {
  const { t } = useTranslation(["playlists", "common"]);
  const { id, name, coverUrls, coverHue, songCount, duration, mine, isPublic, owner } = playlist;
  const songs = t("common:count.songs", { count: songCount });
  return (
    <Link to="/playlists/$id" params={{ id: String(id) }} className={styles["card"]}>
      <Mosaic urls={coverUrls} title={name} hue={coverHue} size={240} fluid />
      <Title className={classes("cut", styles["name"])}>{name}</Title>
      <span className={styles["second"]}>
        {mine && !isPublic && (
          <>
            <Icon name="lock" size={14} />
            <span className="sr">{t("private")}</span>
          </>
        )}
        <span className="cut">{songCount > 0 ? `${songs}, ${formatTime(duration)}` : songs}</span>
      </span>
      {!mine && (
        <span className={styles["second"]}>
          <Title className="cut">{owner.displayName || owner.username}</Title>
        </span>
      )}
    </Link>
  );
}
