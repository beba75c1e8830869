import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import { Button } from "@/ui/Button";
import { TrackRow } from "@/ui/TrackRow";

import styles from "./SearchPage.module.css";
import { HIT } from "./useHitKeys";

const AT_FIRST = 6;

/** The songs, the first of them at once. */
export function FoundSongs({ songs }: { songs: Song[] }) {
  const { t } = useTranslation("search");
  const [all, setAll] = useState(false);
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const actionsFor = useSongActions();
  const shown = all ? songs : songs.slice(0, AT_FIRST);
  const hidden = songs.length - shown.length;
  return (
    <section className={styles["songs"]} aria-labelledby="found-songs">
      <h2 id="found-songs">{t("songs")}</h2>
      <ol>
        {shown.map((song, index) => (
          <li key={song.id} {...HIT}>
            <TrackRow
              song={song}
              number={index + 1}
              now={now}
              onPlay={() => playFrom(songs, index)}
              actions={actionsFor(song)}
              mixed
            />
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <div className={styles["rest"]} {...HIT}>
          <Button kind="quiet" small onClick={() => setAll(true)}>
            {t("moreSongs", { count: hidden })}
          </Button>
        </div>
      )}
    </section>
  );
}
