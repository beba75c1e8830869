import { useTranslation } from "react-i18next";

import type { Album, Song } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { useLike } from "@/hooks/useLike";
import { isPlayable } from "@/hooks/usePlayFrom";
import { usePlaySongs } from "@/hooks/usePlaySongs";
import { useRate } from "@/hooks/useRate";
import type { NowPlaying } from "@/lib/songRow";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { Stars } from "@/ui/Stars";

import { AlbumMenu } from "./AlbumMenu";
import styles from "./AlbumPage.module.css";

interface AlbumActionsProps {
  album: Album;
  songs: Song[];
  now: NowPlaying | null;
}

export function AlbumActions({ album, songs, now }: AlbumActionsProps) {
  const { t } = useTranslation(["player", "rows"]);
  const player = usePlayerCommands();
  const { play, shuffle } = usePlaySongs();
  const like = useLike("album", () => toasts.push(t("likeFailed"), "fault"));
  const rate = useRate("album");
  const playable = songs.filter(isPlayable);
  const current = songs.some((song) => song.id === now?.id);
  const playing = current && now?.playing === true;
  return (
    <div className={styles["actions"]}>
      <Button
        kind="primary"
        icon={playing ? "pause" : "play"}
        disabled={playable.length === 0}
        onClick={() => (current ? player.toggle() : play(playable))}
      >
        {t(playing ? "pause" : "play")}
      </Button>
      <Button icon="shuffle" disabled={playable.length === 0} onClick={() => shuffle(playable)}>
        {t("shuffle")}
      </Button>
      <IconButton
        icon={album.liked ? "heartFilled" : "heart"}
        label={t(album.liked ? "rows:unlikeTitle" : "rows:likeTitle", { title: album.title })}
        pressed={album.liked}
        onClick={() => like.mutate({ id: album.id, liked: !album.liked })}
      />
      <AlbumMenu album={album} songs={songs} />
      <span className={styles["stars"]}>
        <Stars
          title={album.title}
          value={album.rating}
          onRate={(rating) => rate.mutate({ id: album.id, rating })}
          large
        />
      </span>
    </div>
  );
}
