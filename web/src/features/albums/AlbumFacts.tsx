import { useTranslation } from "react-i18next";

import type { Album, Song } from "@/api/types";
import { formatNumber, formatTime } from "@/lib/format";

import { formatOf } from "./albumSongs";
import styles from "./AlbumPage.module.css";

/** Songs, length, format and how often it was heard. */
export function AlbumFacts({ album, songs }: { album: Album; songs: Song[] }) {
  const { t, i18n } = useTranslation("albums");
  const plays = songs.reduce((sum, song) => sum + song.plays, 0);
  const facts = [
    { term: t("fact.songs"), text: formatNumber(album.songCount, i18n.language) },
    { term: t("fact.length"), text: formatTime(album.duration) },
    { term: t("fact.format"), text: formatOf(songs) },
    { term: t("fact.played"), text: t("fact.times", { count: plays }) },
  ];
  return (
    <dl className={styles["facts"]}>
      {facts
        .filter((fact) => fact.text !== "")
        .map((fact) => (
          <div key={fact.term}>
            <dt>{fact.term}</dt>
            <dd>{fact.text}</dd>
          </div>
        ))}
    </dl>
  );
}
