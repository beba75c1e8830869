import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { albumShelfQuery } from "@/api/albums";
import type { Album } from "@/api/types";

import { byKind } from "./byKind";
import { AlbumsOfKind } from "./AlbumsOfKind";

interface DiscographyProps {
  artistId: number;
  /** The artist's own, the newest first. */
  albums: readonly Album[];
}

const MOST_GUESTS = 100;

/** The records of an artist kind by kind, and then those of others that the artist is on. */
export function Discography({ artistId, albums }: DiscographyProps) {
  const { t } = useTranslation("artists");
  const guest = { artistId, role: "appearsOn", sort: "-year" } as const;
  const { data } = useQuery(albumShelfQuery(guest, MOST_GUESTS));
  const others = data?.albums.filter(({ id }) => !albums.some((own) => own.id === id)) ?? [];
  return (
    <>
      {byKind(albums).map(({ kind, albums: some }) => (
        <AlbumsOfKind key={kind} title={t(`kinds.${kind}`)} albums={some} second="year" />
      ))}
      {others.length > 0 && <AlbumsOfKind title={t("appearsOn")} albums={others} second="artist" />}
    </>
  );
}
