import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { Artist } from "@/api/types";
import { classes } from "@/lib/classes";
import { Cover } from "@/ui/Cover";
import { Shelf } from "@/ui/Shelf";
import { Title } from "@/ui/Title";

import styles from "./SearchPage.module.css";
import { HIT } from "./useHitKeys";

/** The artists with how much there is of them. */
export function FoundArtists({ artists }: { artists: Artist[] }) {
  const { t } = useTranslation(["search", "common"]);
  return (
    <div className={styles["part"]}>
      <Shelf title={t("artists")}>
        <ul className={styles["artists"]}>
          {artists.map((artist) => (
            <li key={artist.id} {...HIT}>
              <Link to={`/artists/${artist.id}` as string} className={styles["artist"]}>
                <Cover url={artist.coverUrl} title={artist.name} hue={artist.coverHue} size={48} />
                <span className={styles["about"]}>
                  <Title className={classes("cut", styles["name"])}>{artist.name}</Title>
                  <span className={classes("cut", styles["has"])}>
                    {t("common:count.albums", { count: artist.albumCount })},{" "}
                    {t("common:count.songs", { count: artist.songCount })}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Shelf>
    </div>
  );
}
