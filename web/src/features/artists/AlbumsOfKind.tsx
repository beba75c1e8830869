import type { Album } from "@/api/types";
import { albumMenu } from "@/hooks/albumMenu";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { AlbumCard } from "@/ui/AlbumCard";
import { Shelf } from "@/ui/Shelf";
import { useContextPress } from "@/ui/useContextPress";

import styles from "./ArtistsPage.module.css";

interface AlbumsOfKindProps {
  title: string;
  albums: readonly Album[];
  second: "artist" | "year";
}

/** Some of an artist's albums under their heading, with how many there are. */
export function AlbumsOfKind({ title, albums, second }: AlbumsOfKindProps) {
  const playAlbum = usePlayAlbum();
  const press = useContextPress({ onContext: (at, point) => albumMenu.show(albums[at], point) });
  return (
    <Shelf title={title} note={String(albums.length)}>
      <ul className={styles["grid"]} {...press}>
        {albums.map((album, at) => (
          <li key={album.id} data-at={at}>
            <AlbumCard album={album} second={second} onPlay={(id) => void playAlbum(id)} />
          </li>
        ))}
      </ul>
    </Shelf>
  );
}
