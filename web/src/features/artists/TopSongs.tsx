import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Song } from "@/api/types";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import { Button } from "@/ui/Button";
import { Shelf } from "@/ui/Shelf";
import { TrackRow } from "@/ui/TrackRow";

const FIRST = 5;

/** The artist's songs, the ones played most first: five of them until more are asked for. */
export function TopSongs({ songs }: { songs: Song[] }) {
  const { t } = useTranslation("artists");
  const [all, setAll] = useState(false);
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const actionsFor = useSongActions();
  if (songs.length === 0) return null;
  const shown = all ? songs : songs.slice(0, FIRST);
  const more = songs.length > FIRST && (
    <Button kind="quiet" small aria-expanded={all} onClick={() => setAll(!all)}>
      {t(all ? "fewer" : "more")}
    </Button>
  );
  return (
    <Shelf title={t("songs")} more={more}>
      <ol>
        {shown.map((song, index) => (
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
    </Shelf>
  );
}
