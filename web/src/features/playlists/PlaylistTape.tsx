import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { PlaylistSong } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { isPlayable } from "@/hooks/usePlayFrom";
import { usePlayer } from "@/hooks/usePlayer";
import { toTrack } from "@/hooks/tracks";
import { formatTime } from "@/lib/format";
import { followPosition } from "@/lib/positionSource";
import { useSliderInput } from "@/ui/useSliderInput";

import styles from "./PlaylistTape.module.css";
import { placeAt, tapeOf } from "./tape";

const ARROW_SECONDS = 10;

/** All songs on one rule, as wide as they are long. A press plays from there. */
export function PlaylistTape({ songs }: { songs: readonly PlaylistSong[] }) {
  const { t } = useTranslation("playlists");
  const player = usePlayerCommands();
  const currentId = usePlayer(({ track }) => track?.id);
  const phone = useMediaQuery(PHONE);
  const playable = useMemo(() => songs.filter(isPlayable), [songs]);
  const { parts, total } = useMemo(() => tapeOf(playable, phone ? 0.07 : 0.022), [playable, phone]);
  const current = parts.find((part) => part.song.id === currentId);
  const root = useRef<HTMLDivElement>(null);
  const played = useRef<HTMLSpanElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const source = player.positionSource;
  const start = current?.start;
  const read = () => (start === undefined ? 0 : start + source.read());

  const seek = (seconds: number) => {
    const { index, within } = placeAt(parts, seconds);
    if (parts[index]?.song.id === player.snapshot().track?.id) player.seek(within);
    else player.playTracks(playable.map(toTrack), index, within);
  };
  const { dragged, handlers } = useSliderInput({ max: total, step: ARROW_SECONDS, read, onCommit: seek });

  useEffect(() => {
    const draw = (position: number) => {
      const at = dragged ?? (start === undefined ? 0 : start + position);
      const share = total > 0 ? Math.min(at / total, 1) : 0;
      if (played.current !== null) played.current.style.transform = `scaleX(${share})`;
      if (head.current !== null) head.current.style.transform = `translateX(${share * 100}%)`;
      if (root.current !== null) root.current.ariaValueNow = String(Math.floor(at));
    };
    return followPosition(source, draw);
  }, [source, start, total, dragged]);

  if (total === 0) return null;
  const spoken = parts[placeAt(parts, dragged ?? read()).index];
  return (
    <div
      ref={root}
      className={styles["tape"]}
      role="slider"
      tabIndex={0}
      aria-label={t("tape")}
      aria-valuemin={0}
      aria-valuemax={Math.floor(total)}
      aria-valuenow={0}
      aria-valuetext={spoken?.song.title}
      {...handlers}
    >
      <svg className={styles["rule"]} aria-hidden="true">
        <line x1="0" x2="100%" y1="0.5" y2="0.5" />
        {parts.map(({ song, start: from }) => (
          <line key={song.entryId} x1={percent(from, total)} x2={percent(from, total)} y1="-6" y2="6" />
        ))}
      </svg>
      <span ref={played} className={styles["played"]} />
      {(current !== undefined || dragged !== null) && (
        <span ref={head} className={styles["carrier"]}>
          <span className={styles["head"]} />
        </span>
      )}
      <span className={styles["numbers"]} aria-hidden="true">
        {parts.map(
          ({ song, start: from, number, labelled }) =>
            labelled && (
              <span
                key={song.entryId}
                className={song === current?.song ? styles["current"] : undefined}
                style={{ left: percent(from, total) }}
              >
                {number}
              </span>
            ),
        )}
      </span>
      {dragged !== null && (
        <span className={styles["hint"]} style={{ left: percent(dragged, total) }}>
          {formatTime(dragged)}
        </span>
      )}
    </div>
  );
}

function percent(seconds: number, total: number): string {
  return `${(seconds / total) * 100}%`;
}
