import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Playlist, PlaylistSong } from "@/api/types";
import { useScroller } from "@/hooks/ScrollerContext";
import { PHONE, useMediaQuery } from "@/hooks/useMediaQuery";
import { useNowPlaying } from "@/hooks/useNowPlaying";
import { usePlayFrom } from "@/hooks/usePlayFrom";
import { useSongActions } from "@/hooks/useSongActions";
import { useVirtualRows } from "@/ui/useVirtualRows";

import { PlaylistRow } from "./PlaylistRow";
import styles from "./PlaylistSongs.module.css";
import { usePlaylistOrder } from "./usePlaylistOrder";

interface PlaylistSongsProps {
  playlist: Playlist;
  songs: readonly PlaylistSong[];
}

/** The songs in their order. The owner changes it by dragging, with Alt and the arrows, or in the menu. */
export function PlaylistSongs({ playlist, songs }: PlaylistSongsProps) {
  const { t } = useTranslation("playlists");
  const scroller = useScroller();
  const body = useRef<HTMLOListElement>(null);
  const rowHeight = useMediaQuery(PHONE) ? 60 : 56;
  const { rows, height } = useVirtualRows({ count: songs.length, rowHeight, scroller, body });
  const now = useNowPlaying();
  const playFrom = usePlayFrom();
  const actionsFor = useSongActions();
  const { order, commit, remove } = usePlaylistOrder(playlist.id);
  const [said, setSaid] = useState("");

  const move = (song: PlaylistSong, to: number) => {
    const place = Math.min(Math.max(to, 0), songs.length - 1);
    if (!order(song.entryId, place)) return;
    setSaid(t("moved", { title: song.title, place: place + 1, total: songs.length }));
  };
  const press = (event: KeyboardEvent, song: PlaylistSong, place: number) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!playlist.mine || !event.altKey || step === 0) return;
    event.preventDefault();
    move(song, place + step);
    commit(song.entryId);
  };
  return (
    <>
      {playlist.mine && songs.length > 1 && <p className="sr">{t("moveHint")}</p>}
      <ol ref={body} className={styles["rows"]} style={{ height }} aria-label={t("songs")}>
        {rows.map(({ index, top }) => {
          const song = songs[index];
          if (song === undefined) return null;
          return (
            // The keys come up from the row's own controls; the row itself is none.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              key={song.entryId}
              className={styles["place"]}
              style={{ height: rowHeight, transform: `translateY(${top}px)` }}
              aria-setsize={songs.length}
              aria-posinset={index + 1}
              onKeyDown={(event) => press(event, song, index)}
            >
              <PlaylistRow
                song={song}
                place={index}
                count={songs.length}
                rowHeight={rowHeight}
                mine={playlist.mine}
                now={now}
                actions={actionsFor(song)}
                onPlay={() => playFrom(songs, index)}
                onMove={(to) => move(song, to)}
                onRest={() => commit(song.entryId)}
                onRemove={() => remove(song)}
              />
            </li>
          );
        })}
      </ol>
      <p className="sr" role="status">
        {said}
      </p>
    </>
  );
}
