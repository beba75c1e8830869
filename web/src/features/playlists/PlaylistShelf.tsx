import { useId } from "react";

import type { Playlist } from "@/api/types";

import { PlaylistCard } from "./PlaylistCard";
import styles from "./PlaylistsPage.module.css";

export function PlaylistShelf({ title, playlists }: { title: string; playlists: readonly Playlist[] }) {
  const heading = useId();
  return (
    <section className={styles["shelf"]}>
      <h2 id={heading}>{title}</h2>
      <ul className={styles["grid"]} aria-labelledby={heading}>
        {playlists.map((playlist) => (
          <li key={playlist.id}>
            <PlaylistCard playlist={playlist} />
          </li>
        ))}
      </ul>
    </section>
  );
}
