import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { usePlayer } from "@/hooks/usePlayer";
import { classes } from "@/lib/classes";
import { Cover } from "@/ui/Cover";
import { Title } from "@/ui/Title";

import { LikeButton } from "./LikeButton";
import styles from "./NowTitle.module.css";

/** Cover, title and artist of the current song, and the heart. */
export function NowTitle({ cover }: { cover: number }) {
  const { t } = useTranslation("player");
  const track = usePlayer((player) => player.track);
  if (track === null) {
    return (
      <div className={styles["now"]}>
        <span className={styles["nothing"]} aria-hidden="true" />
        <p className="ink3">{t("nothing")}</p>
      </div>
    );
  }
  return (
    <div className={styles["now"]}>
      <Link to={"/now" as string} className={styles["open"]} title={t("openHint")}>
        <span className="sr">{t("open")}</span>{" "}
        <Cover
          url={track.coverUrl}
          title={track.album || track.title}
          hue={track.coverHue}
          size={cover}
          eager
        />
        <span className={styles["text"]}>
          <Title className={classes("cut", styles["title"])}>{track.title}</Title>{" "}
          <Title className="cut ink3">{track.artist}</Title>
        </span>
      </Link>
      <span className={styles["like"]}>
        <LikeButton track={track} />
      </span>
    </div>
  );
}
