import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { lyricsQuery } from "@/api/songs";
import { Button } from "@/ui/Button";

import styles from "./Lyrics.module.css";
import { SyncedLyrics } from "./SyncedLyrics";

/** The words of the song that plays: in time where their times are known. */
export function NowLyrics({ songId }: { songId: number }) {
  const { t } = useTranslation(["now", "common"]);
  const { data, error, refetch } = useQuery(lyricsQuery(songId));
  if (data?.synced === true) return <SyncedLyrics lines={data.lines} />;
  const plain = data?.plain.trim() ?? "";
  if (plain !== "") {
    return (
      <section className={styles["plain"]} aria-label={t("lyrics.title")}>
        {/* It scrolls, so the keyboard must reach it. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <p tabIndex={0} dir="auto">
          {plain}
        </p>
      </section>
    );
  }
  return (
    <section className={styles["none"]} aria-label={t("lyrics.title")}>
      {error !== null && (
        <>
          <p className={styles["what"]}>{t("lyrics.failed")}</p>
          <Button small onClick={() => void refetch()}>
            {t("common:retry")}
          </Button>
        </>
      )}
      {data !== undefined && (
        <>
          <p className={styles["what"]}>{t("lyrics.none")}</p>
          <p>{t("lyrics.noneHint")}</p>
        </>
      )}
    </section>
  );
}
