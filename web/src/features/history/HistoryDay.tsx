import { useId } from "react";
import { useTranslation } from "react-i18next";

import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import { formatTime } from "@/lib/format";
import { TrackRow } from "@/ui/TrackRow";

import { type Day, nameOfDay } from "./days";
import styles from "./HistoryPage.module.css";

export function HistoryDay({ day }: { day: Day }) {
  const { t, i18n } = useTranslation(["history", "common"]);
  const heading = useId();
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const actionsFor = useSongActions();
  const songs = day.listens.map(({ song }) => song);
  const seconds = day.listens.reduce((sum, { duration }) => sum + duration, 0);
  const clock = new Intl.DateTimeFormat(i18n.language, { timeStyle: "short" });
  return (
    <section className={styles["day"]} aria-labelledby={heading}>
      <h2 id={heading}>
        {nameOfDay(day.key, i18n.language)}
        <span className={styles["count"]}>
          {t("common:count.songs", { count: songs.length })}, {formatTime(seconds)}
        </span>
      </h2>
      <ul aria-labelledby={heading}>
        {day.listens.map(({ id, at, song }, index) => (
          <li key={id}>
            <time className={styles["time"]} dateTime={at}>
              {clock.format(new Date(at))}
            </time>
            <TrackRow
              mixed
              song={song}
              number={null}
              now={now}
              actions={actionsFor(song)}
              onPlay={() => playFrom(songs, index)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
