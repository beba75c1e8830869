import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Artist } from "@/api/types";
import { classes } from "@/lib/classes";
import { Cover } from "@/ui/Cover";
import { Title } from "@/ui/Title";

import styles from "./SearchPage.module.css";

export function ArtistFinding({ artist }: { artist: Artist }) {
  const { t } = useTranslation();
  return (
    <Link to={`/artists/${artist.id}` as string} className={styles["artist"]}>
      <Cover url={artist.coverUrl} title={artist.name} hue={artist.coverHue} size={40} />
      <span className={styles["names"]}>
        <Title className={classes("cut", styles["name"])}>{artist.name}</Title>
        <span className={styles["count"]}>{t("count.songs", { count: artist.songCount })}</span>
      </span>
    </Link>
  );
}
