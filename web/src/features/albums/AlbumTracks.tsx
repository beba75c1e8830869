import { useTranslation } from "react-i18next";

import type { Album, Song } from "@/api/types";
import { useSongActions } from "@/hooks/useSongActions";
import type { NowPlaying } from "@/lib/songRow";
import { TrackHead } from "@/ui/TrackHead";
import { TrackRow } from "@/ui/TrackRow";

import styles from "./AlbumPage.module.css";
import { discsOf, guestsOf } from "./albumSongs";

interface AlbumTracksProps {
  album: Album;
  songs: Song[];
  now: NowPlaying | null;
  onPlay: (index: number) => void;
}

/** The songs, disc by disc. */
export function AlbumTracks({ album, songs, now, onPlay }: AlbumTracksProps) {
  const { t } = useTranslation(["albums", "rows"]);
  const actionsFor = useSongActions();
  const discs = discsOf(songs);
  const note = (song: Song) => {
    const guests = guestsOf(song, album);
    if (guests === null) return undefined;
    return guests.kind === "feat" ? t("rows:feat", { names: guests.names }) : guests.names;
  };
  return (
    <div className={styles["tracks"]}>
      <TrackHead />
      {discs.map((disc) => (
        <section
          key={disc.number}
          aria-label={discs.length > 1 ? t("disc", { number: disc.number }) : t("songs")}
        >
          {discs.length > 1 && <h2 className={styles["disc"]}>{t("disc", { number: disc.number })}</h2>}
          <ol>
            {disc.songs.map(({ song, index }) => (
              <li key={song.id}>
                <TrackRow
                  song={song}
                  number={song.track}
                  now={now}
                  onPlay={() => onPlay(index)}
                  actions={actionsFor(song)}
                  note={note(song)}
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
