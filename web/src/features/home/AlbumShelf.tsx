import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { AlbumFilter } from "@/api/albums";
import type { Album } from "@/api/types";
import { usePlayAlbum } from "@/hooks/usePlayAlbum";
import { AlbumCard } from "@/ui/AlbumCard";
import { CardLine, Shelf } from "@/ui/Shelf";

interface AlbumShelfProps {
  title: string;
  albums: readonly Album[] | undefined;
  /** The order the shelf is the start of. */
  sort: NonNullable<AlbumFilter["sort"]>;
}

/** A line of sleeves, which is the start of an order of all albums. */
export function AlbumShelf({ title, albums, sort }: AlbumShelfProps) {
  const { t } = useTranslation("home");
  const playAlbum = usePlayAlbum();
  if (albums === undefined || albums.length === 0) return null;
  const more = (
    <Link to={"/albums" as string} search={{ sort } as never} aria-label={t("allOf", { title })}>
      {t("all")}
    </Link>
  );
  return (
    <Shelf title={title} more={more}>
      <CardLine>
        {albums.map((album) => (
          <li key={album.id}>
            <AlbumCard album={album} onPlay={(id) => void playAlbum(id)} />
          </li>
        ))}
      </CardLine>
    </Shelf>
  );
}
