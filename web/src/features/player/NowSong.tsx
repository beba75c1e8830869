import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { songQuery } from "@/api/songs";
import type { Track } from "@/engine/types";
import { useSongMarks } from "@/hooks/useSongMarks";
import { classes } from "@/lib/classes";
import { Cover } from "@/ui/Cover";
import { Stars } from "@/ui/Stars";
import { Title } from "@/ui/Title";

import { LikeButton } from "./LikeButton";
import styles from "./NowPage.module.css";

const COVER = 440;
/** Longer titles are set smaller. */
const LONG = 28;

/** Sleeve, title, who plays it, and what one thinks of it. */
export function NowSong({ track }: { track: Track }) {
  const { data: song } = useQuery(songQuery(track.id));
  const { rate } = useSongMarks();
  const artists = song?.artists.filter(({ role }) => role === "artist") ?? [];
  return (
    <div className={styles["song"]}>
      <div className={styles["cover"]}>
        <Cover
          key={track.coverUrl}
          url={track.coverUrl}
          title={track.album || track.title}
          hue={track.coverHue}
          size={COVER}
          fluid
          eager
        />
      </div>
      <div className={styles["words"]}>
        <div className={styles["names"]}>
          <h1 className={classes(styles["title"], track.title.length > LONG && styles["long"])}>
            <Title>{track.title}</Title>
          </h1>
          <p className={styles["by"]}>
            {artists.length === 0 ? (
              <Title>{track.artist}</Title>
            ) : (
              artists.map((artist, at) => (
                <span key={artist.id}>
                  {at > 0 && ", "}
                  <Link to={`/artists/${artist.id}` as string}>
                    <Title>{artist.name}</Title>
                  </Link>
                </span>
              ))
            )}
          </p>
        </div>
        <LikeButton track={track} />
      </div>
      <div className={styles["stars"]}>
        {song !== undefined && (
          <Stars title={track.title} value={song.rating} onRate={(stars) => rate([song], stars)} large />
        )}
      </div>
    </div>
  );
}
