import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Artist } from "@/api/types";
import { classes } from "@/lib/classes";
import { Cover } from "@/ui/Cover";
import { SkeletonBlock } from "@/ui/Skeleton";
import { Title } from "@/ui/Title";

import styles from "./ArtistsPage.module.css";

interface ArtistRowProps {
  /** Undefined while it is on its way. */
  artist: Artist | undefined;
  /** The letter that begins with this row. */
  letter: string | null;
}

export function ArtistRow({ artist, letter }: ArtistRowProps) {
  const { t } = useTranslation();
  if (artist === undefined) {
    return (
      <div className={styles["row"]}>
        <span />
        <SkeletonBlock square width="40px" />
        <SkeletonBlock width="38%" />
      </div>
    );
  }
  const { id, name, albumCount, songCount, coverUrl, coverHue } = artist;
  return (
    <Link to={`/artists/${id}` as string} className={styles["row"]}>
      <span className={styles["letter"]} aria-hidden="true">
        {letter}
      </span>
      <Cover url={coverUrl} title={name} hue={coverHue} size={40} />
      <Title className={classes("cut", styles["name"])}>{name}</Title>
      <span className={styles["albums"]}>{t("count.albums", { count: albumCount })}</span>
      <span className={styles["songs"]}>{t("count.songs", { count: songCount })}</span>
    </Link>
  );
}
