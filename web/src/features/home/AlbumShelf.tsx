import type { ReactNode } from "react";

import type { Album } from "@/api/types";
import { useAlbumActions } from "@/hooks/useAlbumActions";
import { AlbumCard } from "@/ui/AlbumCard";
import { CardLine, Shelf } from "@/ui/Shelf";
import { useAlbumContext } from "@/ui/useAlbumContext";

interface AlbumShelfProps {
  title: string;
  albums: Album[] | undefined;
  more: ReactNode;
  /** Its covers load first. */
  eager?: boolean;
}

/** Albums in one line; nothing at all where there are none. */
export function AlbumShelf({ title, albums = [], more, eager = false }: AlbumShelfProps) {
  const actions = useAlbumActions();
  const { press, menu } = useAlbumContext((at) => albums[at], actions);
  if (albums.length === 0) return null;
  return (
    <Shelf title={title} more={more}>
      <CardLine press={press}>
        {albums.map((album, at) => (
          <li key={album.id} data-at={at}>
            <AlbumCard album={album} eager={eager} onPlay={actions.play} />
          </li>
        ))}
      </CardLine>
      {menu}
    </Shelf>
  );
}
