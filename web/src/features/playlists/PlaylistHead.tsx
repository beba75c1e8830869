import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";

import type { Playlist, PlaylistSong } from "@/api/types";
import { isPlayable } from "@/hooks/usePlayFrom";
import { usePlaySongs } from "@/hooks/usePlaySongs";
import { classes } from "@/lib/classes";
import { formatDate, formatNumber, formatTime } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Facts } from "@/ui/Facts";
import { Mosaic } from "@/ui/Mosaic";
import { Title } from "@/ui/Title";

import styles from "./PlaylistHead.module.css";
import { PlayList } from "./PlayList";
import { PlaylistMenu } from "./PlaylistMenu";

interface PlaylistHeadProps {
  playlist: Playlist;
  songs: readonly PlaylistSong[];
}

/** The stage of a playlist: covers, name, numbers, and what can be done with it. */
export function PlaylistHead({ playlist, songs }: PlaylistHeadProps) {
  const { t, i18n } = useTranslation("playlists");
  const { shuffle } = usePlaySongs();
  const playable = songs.filter(isPlayable);
  const facts = [
    { term: t("songs"), text: formatNumber(playlist.songCount, i18n.language) },
    { term: t("length"), text: formatTime(playlist.duration) },
    { term: t("owner"), text: playlist.owner.displayName || playlist.owner.username },
    { term: t("changed"), text: formatDate(playlist.updatedAt, i18n.language) },
  ];
  return (
    <header
      className={classes("stage", styles["stage"])}
      style={{ "--sleeve-h": playlist.coverHue } as CSSProperties}
    >
      <div className={styles["head"]}>
        <div className={styles["cover"]}>
          <Mosaic
            urls={playlist.coverUrls}
            title={playlist.name}
            hue={playlist.coverHue}
            size={240}
            fluid
            eager
          />
        </div>
        <div className={styles["text"]}>
          <p className="ink3">{t(playlist.isPublic ? "kind.public" : "kind.private")}</p>
          <h1 className={styles["name"]}>
            <Title>{playlist.name}</Title>
          </h1>
          {playlist.description !== "" && (
            <p className={styles["description"]}>
              <Title>{playlist.description}</Title>
            </p>
          )}
          <Facts facts={facts} />
          <div className={styles["actions"]}>
            <PlayList songs={playable} />
            <Button icon="shuffle" disabled={playable.length < 2} onClick={() => shuffle(playable)}>
              {t("shuffle")}
            </Button>
            <PlaylistMenu playlist={playlist} songs={playable} />
          </div>
        </div>
      </div>
    </header>
  );
}
