import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";

import { albumQuery } from "@/api/albums";
import type { PlaybackState, Song } from "@/api/types";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { classes } from "@/lib/classes";
import { formatMoment, formatTime } from "@/lib/format";
import { Button } from "@/ui/Button";
import { buttonClass } from "@/ui/buttonClass";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { Tape } from "@/ui/Tape";
import { Title } from "@/ui/Title";

import styles from "./Resume.module.css";
import { useContinue } from "./useContinue";

const COVER = 264;
const NOTHING: Song[] = [];

/** Where the listener stopped: the album on its tape, and one press to go on. */
export function Resume({ state, song }: { state: PlaybackState; song: Song }) {
  const { t, i18n } = useTranslation(["home", "player"]);
  const now = useNowPlaying();
  const album = useQuery({ ...albumQuery(song.albumId ?? 0), enabled: song.albumId !== null });
  const found = album.data?.songs.some((one) => one.id === song.id) === true ? album.data.songs : NOTHING;
  const songs = found.length > 0 ? found : [song];
  const seconds = state.position / 1000;
  const index = songs.findIndex((one) => one.id === song.id);
  const { current, goOn, playAt } = useContinue(songs, index, seconds);
  const left = songs.slice(index).reduce((sum, one) => sum + one.duration, -seconds);
  const title = song.album !== "" && (album.isLoading || songs.length > 1) ? song.album : song.title;

  return (
    <section
      className={classes("stage", styles["resume"])}
      style={{ "--sleeve-h": song.coverHue } as CSSProperties}
      aria-label={t("resume")}
    >
      <div className={styles["cover"]}>
        <Cover
          url={song.coverUrl}
          title={song.album || song.title}
          hue={song.coverHue}
          size={COVER}
          fluid
          eager
        />
      </div>
      <div className={styles["about"]}>
        {state.updatedAt !== null && (
          <p className={styles["source"]}>
            <Icon name="clock" size={16} />
            {t("stopped", { when: formatMoment(state.updatedAt, i18n.language) })}
          </p>
        )}
        <h2 className={styles["title"]}>
          <Title className={classes(styles["clamp"])}>{title}</Title>
        </h2>
        <p className={classes("cut", styles["by"])}>
          <Title>{song.artist}</Title>
          <span className="ink2">, {t("left", { time: formatTime(left) })}</span>
        </p>
      </div>
      <div className={styles["tape"]}>
        {/* While the album is on its way only the height is there: nothing jumps. */}
        {!album.isLoading && (
          <Tape label={t("tape")} songs={songs} now={now} stopped={{ index, seconds }} onPlay={playAt} />
        )}
      </div>
      <div className={styles["actions"]}>
        <Button kind="primary" icon={current && now?.playing === true ? "pause" : "play"} onClick={goOn}>
          {current && now?.playing === true ? t("player:pause") : t("continue")}
        </Button>
        {song.albumId !== null && (
          <Link to={`/albums/${song.albumId}` as string} className={buttonClass({})}>
            {t("openAlbum")}
          </Link>
        )}
      </div>
    </section>
  );
}
