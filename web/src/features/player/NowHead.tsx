import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { songQuery } from "@/api/songs";
import type { Track } from "@/engine/types";
import { usePlayer } from "@/hooks/usePlayer";
import { useSongActions } from "@/hooks/useSongActions";
import { classes } from "@/lib/classes";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { SongMenu } from "@/ui/SongMenu";
import { Title } from "@/ui/Title";

import { DeviceButton } from "./DeviceButton";
import styles from "./NowPage.module.css";
import { SleepButton } from "./SleepButton";
import { useLeave } from "./useLeave";
import { VibeIcon } from "./VibeIcon";

interface NowHeadProps {
  track: Track;
  phone: boolean;
  /** The vibe is shown, beside a phone's tabs. */
  bending: boolean;
  onBend: (bending: boolean) => void;
}

/** The way back, where the song is from, and what else can be done. */
export function NowHead({ track, phone, bending, onBend }: NowHeadProps) {
  const { t } = useTranslation("now");
  const leave = useLeave();
  const { data: song } = useQuery(songQuery(track.id));
  const actionsFor = useSongActions();
  const place = usePlayer(({ queue }) => queue.index + 1);
  const total = usePlayer(({ queue }) => queue.entries.length);
  return (
    <header className={styles["head"]}>
      <IconButton icon="chevronDown" label={t("close")} onClick={leave} />
      <p className={styles["source"]}>
        {track.albumId !== null && track.album !== "" && (
          <span className="cut">
            {!phone && `${t("from")} `}
            <Link to={`/albums/${track.albumId}` as string} className={styles["album"]}>
              <Title>{track.album}</Title>
            </Link>
          </span>
        )}
        {!phone && <span className={styles["place"]}>{t("place", { place, total })}</span>}
      </p>
      {!phone && (
        <>
          <SleepButton />
          <button
            type="button"
            className={classes(styles["tool"], bending && styles["on"])}
            aria-label={t("vibe.title")}
            aria-pressed={bending}
            title={t("vibe.title")}
            onClick={() => onBend(!bending)}
          >
            <VibeIcon />
          </button>
          <Link to={"/queue" as string} className={styles["tool"]} aria-label={t("queue")} title={t("queue")}>
            <Icon name="queue" />
          </Link>
        </>
      )}
      <DeviceButton />
      {song !== undefined && <SongMenu song={song} actions={actionsFor(song)} />}
    </header>
  );
}
