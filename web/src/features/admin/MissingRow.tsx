import { useTranslation } from "react-i18next";

import type { MissingSong } from "@/api/types";
import { formatSince } from "@/lib/since";
import { classes } from "@/lib/classes";
import { IconButton } from "@/ui/IconButton";
import { SkeletonBlock } from "@/ui/Skeleton";
import { Title } from "@/ui/Title";

import styles from "./admin.module.css";

interface MissingRowProps {
  /** Undefined while it is on its way. */
  song: MissingSong | undefined;
  onClean: () => void;
}

/** A song whose file is gone: where it was, since when, and what would go with it. */
export function MissingRow({ song, onClean }: MissingRowProps) {
  const { t, i18n } = useTranslation("admin");
  if (song === undefined) {
    return (
      <div className={classes(styles["gone"], styles["waiting"])}>
        <SkeletonBlock width="60%" />
      </div>
    );
  }
  const { title, artist, library, path, since, plays, playlists } = song;
  const hangs = [
    ...(plays > 0 ? [t("missing.plays", { count: plays })] : []),
    ...(playlists > 0 ? [t("missing.playlists", { count: playlists })] : []),
  ].join(", ");
  return (
    <div className={styles["gone"]}>
      <div className={styles["what"]}>
        <p className="cut">
          <Title className={styles["name"]}>{title}</Title> <Title className={styles["of"]}>{artist}</Title>
        </p>
        <p className={classes("cut", styles["second"])} title={`${library}/${path}`}>
          <bdi>{`${library}/${path}`}</bdi>
        </p>
      </div>
      <div className={classes("cut", styles["hangs"])}>
        <p className="cut">{formatSince(since, i18n.language)}</p>
        <p className={classes("cut", styles["second"])}>{hangs}</p>
      </div>
      <IconButton icon="trash" label={t("missing.cleanOne", { title })} onClick={onClean} />
    </div>
  );
}
