import type { ReactNode } from "react";

import type { Album } from "@/api/types";
import { albumMenu } from "@/hooks/albumMenu";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { AlbumCard } from "@/ui/AlbumCard";
import { CardLine, Shelf } from "@/ui/Shelf";
import { useContextPress } from "@/ui/useContextPress";

interface AlbumShelfProps {
  title: string;
  albums: Album[] | undefined;
  more: ReactNode;
  /** Its covers load first. */
  eager?: boolean;
}

/** Albums in one line; nothing at all where there are none. */
export function AlbumShelf({ title, albums = [], more, eager = false }: AlbumShelfProps) {
  const playAlbum = usePlayAlbum();
  const press = useContextPress({ onContext: (at, point) => albumMenu.show(albums[at], point) });
  if (albums.length === 0) return null;
  return (
    <Shelf title={title} more={more}>
      <CardLine press={press}>
        {albums.map((album, at) => (
          <li key={album.id} data-at={at}>
            <AlbumCard album={album} eager={eager} onPlay={(id) => void playAlbum(id)} />
          </li>
        ))}
      </CardLine>
    </Shelf>
  );
}
