import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

import styles from "./AlbumCard.module.css";
import { Cover } from "./Cover";
import { IconButton } from "./IconButton";
import { Title } from "./Title";

interface CardAlbum {
  readonly id: number;
  readonly title: string;
  readonly artist: string;
  readonly year: number | null;
  readonly coverUrl: string | null;
  readonly coverHue: number;
}

interface AlbumCardProps {
  album: CardAlbum;
  /** The second line: the artist, or the year where the artist is known. */
  second?: "artist" | "year";
  /** Its cover loads at once: for the first line of a page. */
  eager?: boolean;
  onPlay: (id: number) => void;
}

/** A sleeve with its title, which leads to the album. Under the pointer it can be played at once. */
export function AlbumCard({ album, second = "artist", eager = false, onPlay }: AlbumCardProps) {
  const { t } = useTranslation("rows");
  const text = second === "artist" ? album.artist : (album.year?.toString() ?? "");
  return (
    <div className={styles["card"]}>
      <Link to={`/albums/${album.id}` as string} className={styles["link"]}>
        <Cover url={album.coverUrl} title={album.title} hue={album.coverHue} size={240} fluid eager={eager} />
        <Title className={classes("cut", styles["title"])}>{album.title}</Title>
        <Title className={classes("cut", styles["second"])}>{text}</Title>
      </Link>
      <span className={styles["play"]}>
        <IconButton
          icon="play"
          shape="accent"
          label={t("playTitle", { title: album.title })}
          onClick={() => onPlay(album.id)}
        />
      </span>
    </div>
  );
}
