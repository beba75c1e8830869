import { useTranslation } from "react-i18next";

import type { Playlist } from "@/api/types";
import { Title } from "@/ui/Title";

import styles from "./AddToPlaylistDialog.module.css";

interface PlaylistChoiceProps {
  playlist: Playlist;
  disabled: boolean;
  onChoose: () => void;
}

export function PlaylistChoice({ playlist, disabled, onChoose }: PlaylistChoiceProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={styles["choice"]}
      aria-disabled={disabled || undefined}
      onClick={() => !disabled && onChoose()}
    >
      <Title className="cut">{playlist.name}</Title>
      <span className={styles["count"]}>{t("count.songs", { count: playlist.songCount })}</span>
    </button>
  );
}
