import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Album, Song } from "@/api/types";
import { classes } from "@/lib/classes";
import type { NowPlaying } from "@/lib/songRow";
import { Cover } from "@/ui/Cover";
import { Title } from "@/ui/Title";

import { AlbumActions } from "./AlbumActions";
import { AlbumFacts } from "./AlbumFacts";
import styles from "./AlbumPage.module.css";

interface AlbumHeroProps {
  album: Album;
  songs: Song[];
  now: NowPlaying | null;
}

const COVER = 296;

/** Sleeve, title, facts and what one does with an album. */
export function AlbumHero({ album, songs, now }: AlbumHeroProps) {
  const { t } = useTranslation("albums");
  const kind = t(`kinds.${album.kind}`);
  return (
    <header className={styles["hero"]}>
      <div className={styles["cover"]}>
        <Cover url={album.coverUrl} title={album.title} hue={album.coverHue} size={COVER} fluid eager />
      </div>
      <div className={styles["about"]}>
        <p className={styles["kind"]}>
          {album.year === null ? kind : t("kindYear", { kind, year: album.year })}
          {album.genres.map((genre) => (
            <Link
              key={genre}
              to={`/genres/${encodeURIComponent(genre)}` as string}
              className={styles["genre"]}
            >
              <Title>{genre}</Title>
            </Link>
          ))}
        </p>
        <h1 className={classes(styles["title"], titleSize(album.title))}>
          <Title>{album.title}</Title>
        </h1>
        <AlbumArtists album={album} />
        <AlbumFacts album={album} songs={songs} />
        <AlbumActions album={album} songs={songs} now={now} />
      </div>
    </header>
  );
}

function AlbumArtists({ album }: { album: Album }) {
  const { t } = useTranslation("rows");
  if (album.artists.length === 0)
    return <p className={styles["by"]}>{album.artist === "" ? t("unknownArtist") : album.artist}</p>;
  return (
    <p className={styles["by"]}>
      {album.artists.map((artist, at) => (
        <span key={artist.id}>
          {at > 0 && ", "}
          <Link to={`/artists/${artist.id}` as string}>
            <Title>{artist.name}</Title>
          </Link>
        </span>
      ))}
    </p>
  );
}

/** A long title is set smaller, so that the songs stay in view. */
function titleSize(title: string): string | undefined {
  if (title.length > 48) return styles["longest"];
  return title.length > 22 ? styles["long"] : undefined;
}
