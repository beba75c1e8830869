import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import { Shelf } from "@/ui/Shelf";

import styles from "./HomePage.module.css";
import { RankedRow } from "./RankedRow";

/** The songs one plays most, each with how much of the first one's plays it has. */
export function MostPlayed({ songs }: { songs: Song[] }) {
  const { t } = useTranslation("home");
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const actionsFor = useSongActions();
  const most = songs[0]?.plays ?? 1;
  const more = (
    <Link
      to={"/songs" as string}
      search={{ sort: "-plays" } as never}
      aria-label={t("allOf", { title: t("most") })}
    >
      {t("all")}
    </Link>
  );
  return (
    <Shelf title={t("most")} note={t("mostNote")} more={more}>
      <ol
        className={styles["ranked"]}
        style={{ gridTemplateRows: `repeat(${Math.ceil(songs.length / 2)}, auto)` }}
      >
        {songs.map((song, index) => (
          <li key={song.id}>
            <RankedRow
              song={song}
              rank={index + 1}
              share={song.plays / most}
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
