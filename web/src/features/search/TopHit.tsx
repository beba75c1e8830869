import { Link } from "@tanstack/react-router";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";

import { useIsPlaying } from "@/hooks/usePlayer";
import { classes } from "@/lib/classes";
import { Cover } from "@/ui/Cover";
import { Icon } from "@/ui/Icon";
import { Title } from "@/ui/Title";

import styles from "./TopHit.module.css";
import type { Hit } from "./bestHit";
import { HIT } from "./useHitKeys";
import { hitAddress } from "./useOpenTop";

/** The best hit on the plane of its sleeve. A song plays, anything else opens. */
export function TopHit({ hit, onPlay }: { hit: Hit; onPlay: () => void }) {
  const { t } = useTranslation("search");
  const face = faceOf(hit);
  const inside = <TopFace hit={hit} {...face} />;
  return (
    <section className={styles["top"]} aria-labelledby="top-hit">
      <h2 id="top-hit">{t("top")}</h2>
      <div
        {...HIT}
        className={classes("stage", styles["stage"])}
        style={{ "--sleeve-h": face.hue } as CSSProperties}
      >
        {hit.kind === "song" ? (
          <button type="button" className={styles["face"]} onClick={onPlay}>
            {inside}
          </button>
        ) : (
          <Link to={hitAddress(hit)} className={styles["face"]}>
            {inside}
          </Link>
        )}
      </div>
    </section>
  );
}

interface Face {
  name: string;
  second: string;
  url: string | null;
  hue: number;
}

function TopFace({ hit, name, second, url, hue }: Face & { hit: Hit }) {
  const { t } = useTranslation(["search", "rows"]);
  const playing = useIsPlaying(hit.kind === "song" ? hit.song.id : 0) === "playing";
  return (
    <>
      <Cover url={url} title={name} hue={hue} size={112} eager />
      <span className={styles["words"]}>
        <span className={styles["kind"]}>{t(`kind.${hit.kind}`)}</span>
        <Title className={styles["name"]}>{name}</Title>
        {second !== "" && <Title className={classes("cut", styles["second"])}>{second}</Title>}
      </span>
      {hit.kind === "song" && (
        <span className={styles["play"]}>
          <Icon name={playing ? "pause" : "play"} />
          <span className="sr">{t(playing ? "rows:pauseTitle" : "rows:playTitle", { title: name })}</span>
        </span>
      )}
    </>
  );
}

function faceOf(hit: Hit): Face {
  switch (hit.kind) {
    case "song":
      return {
        name: hit.song.title,
        second: hit.song.artist,
        url: hit.song.coverUrl,
        hue: hit.song.coverHue,
      };
    case "album":
      return {
        name: hit.album.title,
        second: hit.album.artist,
        url: hit.album.coverUrl,
        hue: hit.album.coverHue,
      };
    case "artist":
      return { name: hit.artist.name, second: "", url: hit.artist.coverUrl, hue: hit.artist.coverHue };
  }
}
