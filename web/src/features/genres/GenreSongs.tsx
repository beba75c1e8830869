import type { Song } from "@/api/types";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import { TrackRow } from "@/ui/TrackRow";

export function GenreSongs({ songs }: { songs: Song[] }) {
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const actionsFor = useSongActions();
  return (
    <ol>
      {songs.map((song, index) => (
        <li key={song.id}>
          <TrackRow
            song={song}
            number={index + 1}
            now={now}
            onPlay={() => playFrom(songs, index)}
            actions={actionsFor(song)}
            mixed
          />
        </li>
      ))}
    </ol>
  );
}
