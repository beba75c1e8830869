import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import type { Album } from "@/api/types";
import { AlbumCard } from "@/ui/AlbumCard";
import { Shelf } from "@/ui/Shelf";

import styles from "./ArtistsPage.module.css";

interface AlbumsOfKindProps {
  title: string;
  albums: readonly Album[];
  second: "artist" | "year";
}

/** Some of an artist's albums under their heading, with how many there are. */
export function AlbumsOfKind({ title, albums, second }: AlbumsOfKindProps) {
  const playAlbum = usePlayAlbum();
  return (
    <Shelf title={title} note={String(albums.length)}>
      <ul className={styles["grid"]}>
        {albums.map((album) => (
          <li key={album.id}>
            <AlbumCard album={album} second={second} onPlay={(id) => void playAlbum(id)} />
          </li>
        ))}
      </ul>
    </Shelf>
  );
}
