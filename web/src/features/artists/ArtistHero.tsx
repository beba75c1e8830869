import { useTranslation } from "react-i18next";

import type { Artist, Song } from "@/api/types";
import { useLike } from "@/hooks/useLike";
import { isPlayable } from "@/hooks/usePlayFrom";
import { usePlaySongs } from "@/hooks/usePlaySongs";
import { useRate } from "@/hooks/useRate";
import { useSession } from "@/hooks/useSession";
import { classes } from "@/lib/classes";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { Cover } from "@/ui/Cover";
import { IconButton } from "@/ui/IconButton";
import { Stars } from "@/ui/Stars";
import { Title } from "@/ui/Title";

import { ArtistMenu } from "./ArtistMenu";
import styles from "./ArtistsPage.module.css";

/** Longer names are set smaller. */
const LONG = 22;

export function ArtistHero({ artist, songs }: { artist: Artist; songs: Song[] }) {
  const { t } = useTranslation(["artists", "common", "player", "rows"]);
  const { play, shuffle } = usePlaySongs();
  const user = useSession();
  const like = useLike("artist", () => toasts.push(t("player:likeFailed"), "fault"));
  const rate = useRate("artist");
  const playable = songs.filter(isPlayable);
  const { id, name, liked, albumCount, songCount, coverUrl, coverHue } = artist;
  const counts = [
    t("common:count.albums", { count: albumCount }),
    t("common:count.songs", { count: songCount }),
  ].join(", ");
  return (
    <header className={styles["hero"]}>
      <Cover url={coverUrl} title={name} hue={coverHue} size={200} fluid eager />
      <div className={styles["about"]}>
        <p className={styles["kind"]}>{t("artist")}</p>
        <h1 className={classes(styles["title"], name.length > LONG && styles["long"])}>
          <Title>{name}</Title>
        </h1>
        <p className={styles["facts"]}>{counts}</p>
      </div>
      <div className={styles["actions"]}>
        <Button kind="primary" icon="play" disabled={playable.length === 0} onClick={() => play(playable)}>
          {t("player:play")}
        </Button>
        <Button icon="shuffle" disabled={playable.length === 0} onClick={() => shuffle(playable)}>
          {t("player:shuffle")}
        </Button>
        <IconButton
          icon={liked ? "heartFilled" : "heart"}
          label={t(liked ? "rows:unlikeTitle" : "rows:likeTitle", { title: name })}
          pressed={liked}
          onClick={() => like.mutate({ id, liked: !liked })}
        />
        {user?.role === "admin" && <ArtistMenu artist={artist} />}
        <span className={styles["stars"]}>
          <Stars title={name} value={artist.rating} onRate={(rating) => rate.mutate({ id, rating })} large />
        </span>
      </div>
    </header>
  );
}
