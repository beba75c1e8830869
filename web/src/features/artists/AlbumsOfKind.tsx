import type { Album } from "@/api/types";
import { useAlbumActions } from "@/hooks/useAlbumActions";
import { AlbumCard } from "@/ui/AlbumCard";
import { Shelf } from "@/ui/Shelf";
import { useAlbumContext } from "@/ui/useAlbumContext";

import styles from "./ArtistsPage.module.css";

interface AlbumsOfKindProps {
  title: string;
  albums: readonly Album[];
  second: "artist" | "year";
}

/** Some of an artist's albums under their heading, with how many there are. */
export function AlbumsOfKind({ title, albums, second }: AlbumsOfKindProps) {
  const actions = useAlbumActions();
  const { press, menu } = useAlbumContext((at) => albums[at], actions);
  return (
    <Shelf title={title} note={String(albums.length)}>
      <ul className={styles["grid"]} {...press}>
        {albums.map((album, at) => (
          <li key={album.id} data-at={at}>
            <AlbumCard album={album} second={second} onPlay={actions.play} />
          </li>
        ))}
      </ul>
      {menu}
    </Shelf>
  );
}
