import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import { Shelf } from "@/ui/Shelf";

import styles from "./MostPlayed.module.css";
import { RankRow } from "./RankRow";

/** The listener's own ranking, in columns. */
export function MostPlayed({ songs = [] }: { songs: Song[] | undefined }) {
  const { t } = useTranslation("home");
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const actionsFor = useSongActions();
  const most = songs[0]?.plays ?? 0;
  if (most === 0) return null;
  return (
    <Shelf title={t("most")}>
      <ol className={styles["ranking"]} style={{ "--rows": Math.ceil(songs.length / 2) } as object}>
        {songs.map((song, index) => (
          <li key={song.id}>
            <RankRow
              song={song}
              rank={index + 1}
              most={most}
              now={now}
              onPlay={() => playFrom(songs, index)}
              actions={actionsFor(song)}
            />
          </li>
        ))}
      </ol>
    </Shelf>
  );
}
