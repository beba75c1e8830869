import type { ReactNode } from "react";

import type { Album } from "@/api/types";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { AlbumCard } from "@/ui/AlbumCard";
import { CardLine, Shelf } from "@/ui/Shelf";

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
  if (albums.length === 0) return null;
  return (
    <Shelf title={title} more={more}>
      <CardLine>
        {albums.map((album) => (
          <li key={album.id}>
            <AlbumCard album={album} eager={eager} onPlay={(id) => void playAlbum(id)} />
          </li>
        ))}
      </CardLine>
    </Shelf>
  );
}
