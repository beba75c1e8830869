import { Link } from "@tanstack/react-router";

import type { Song } from "@/api/types";
import { classes } from "@/lib/classes";
import { Cover } from "@/ui/Cover";
import { Title } from "@/ui/Title";

import styles from "./UploadRow.module.css";

/** What a file became; it leads to the album where it stands now. */
export function UploadedSong({ song }: { song: Song }) {
  const text = (
    <>
      <Title className={classes("cut", styles["title"])}>{song.title}</Title>
      <Title className={classes("cut", styles["second"])}>{song.artist}</Title>
    </>
  );
  return (
    <>
      <Cover url={song.coverUrl} title={song.album || song.title} hue={song.coverHue} size={40} />
      {song.albumId === null ? (
        <span className={styles["text"]}>{text}</span>
      ) : (
        <Link to={`/albums/${song.albumId}` as string} className={styles["text"]}>
          {text}
        </Link>
      )}
    </>
  );
}
