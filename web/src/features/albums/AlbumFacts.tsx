import { useTranslation } from "react-i18next";

import type { Album, Song } from "@/api/types";
import { formatNumber, formatTime } from "@/lib/format";

import { formatOf } from "./albumSongs";
import styles from "./AlbumPage.module.css";

/** Songs, length, format and how often it was heard. */
export function AlbumFacts({ album, songs }: { album: Album; songs: Song[] }) {
  const { t, i18n } = useTranslation(["albums", "common"]);
  const plays = songs.reduce((sum, song) => sum + song.plays, 0);
  const songCount = formatNumber(album.songCount, i18n.language);
  const format = formatOf(songs);
  const facts = [
    { term: t("fact.songs"), text: songCount, short: t("common:count.songs", { count: album.songCount }) },
    { term: t("fact.length"), text: formatTime(album.duration) },
    { term: t("fact.format"), text: format },
    { term: t("fact.played"), text: plays === 0 ? "" : t("fact.times", { count: plays }), short: "" },
  ].filter((fact) => fact.text !== "");
  const line = facts.map((fact) => fact.short ?? fact.text).filter((text) => text !== "");
  return (
    <>
      <dl className={styles["facts"]}>
        {facts.map((fact) => (
          <div key={fact.term}>
            <dt>{fact.term}</dt>
            <dd>{fact.text}</dd>
          </div>
        ))}
      </dl>
      <p className={styles["factLine"]}>{line.join(", ")}</p>
    </>
  );
}
