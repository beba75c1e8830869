import { useTranslation } from "react-i18next";

import type { PlaylistSong } from "@/api/types";
import { useRowMove } from "@/hooks/useRowMove";
import type { NowPlaying, SongActions } from "@/lib/songRow";
import { Icon } from "@/ui/Icon";
import { MenuItem, MenuLine } from "@/ui/MenuParts";
import { TrackRow } from "@/ui/TrackRow";

import styles from "./PlaylistSongs.module.css";

interface PlaylistRowProps {
  song: PlaylistSong;
  place: number;
  count: number;
  rowHeight: number;
  /** The listener may change the playlist. */
  mine: boolean;
  now: NowPlaying | null;
  actions: SongActions;
  onPlay: () => void;
  onMove: (to: number) => void;
  onRest: () => void;
  onRemove: () => void;
}

export function PlaylistRow(props: PlaylistRowProps) {
  const { song, place, count, rowHeight, mine, now, actions, onPlay, onMove, onRest, onRemove } = props;
  const { t } = useTranslation("playlists");
  const grip = useRowMove({ place, rowHeight, onMove, onRest });
  const step = (by: number) => {
    onMove(place + by);
    onRest();
  };
  if (!mine)
    return <TrackRow mixed song={song} number={place + 1} now={now} actions={actions} onPlay={onPlay} />;
  return (
    <TrackRow
      mixed
      song={song}
      number={place + 1}
      now={now}
      actions={actions}
      onPlay={onPlay}
      start={
        <button
          type="button"
          className={styles["grip"]}
          aria-label={t("move", { title: song.title })}
          {...grip}
        >
          <Icon name="grip" />
        </button>
      }
      menu={
        <>
          <MenuLine />
          <MenuItem icon="moveUp" disabled={place === 0} onSelect={() => step(-1)}>
            {t("moveUp")}
          </MenuItem>
          <MenuItem icon="moveDown" disabled={place === count - 1} onSelect={() => step(1)}>
            {t("moveDown")}
          </MenuItem>
          <MenuItem icon="minus" onSelect={onRemove}>
            {t("remove")}
          </MenuItem>
        </>
      }
    />
  );
}
