import { useTranslation } from "react-i18next";

import type { PlaylistSong } from "@/api/types";
import { usePlayerCommands } from "@/hooks/PlayerContext";
import { usePlayer } from "@/hooks/usePlayer";
import { usePlaySongs } from "@/hooks/usePlaySongs";
import { Button } from "@/ui/Button";

/** Plays the list from its start, or pauses it while one of its songs sounds. */
export function PlayList({ songs }: { songs: readonly PlaylistSong[] }) {
  const { t } = useTranslation(["common", "player"]);
  const player = usePlayerCommands();
  const { play } = usePlaySongs();
  const sounds = usePlayer(
    ({ track, wantsToPlay }) => wantsToPlay && songs.some((song) => song.id === track?.id),
  );
  return (
    <Button
      kind="primary"
      icon={sounds ? "pause" : "play"}
      disabled={songs.length === 0}
      onClick={() => (sounds ? player.pause() : play(songs))}
    >
      {t(sounds ? "player:pause" : "play")}
    </Button>
  );
}
