import { useTranslation } from "react-i18next";

import type { SearchResult } from "@/api/types";

import { MOST_FOUND } from "./useSearchResult";

interface FoundCountProps {
  /** Undefined until it belongs to the words. */
  found: SearchResult | undefined;
  words: string;
}

/** Says politely how much was found. The page shows it by what it lists. */
export function FoundCount({ found, words }: FoundCountProps) {
  const { t } = useTranslation("search");
  const number = (count: number) => (count < MOST_FOUND ? String(count) : `${count}+`);
  const say = ({ songs, albums, artists, corrected }: SearchResult) => {
    if (songs.length + albums.length + artists.length === 0) return t("nothing", { words });
    return [
      ...(corrected === undefined ? [] : [t("correctedTo", { words: corrected })]),
      t("count.songs", { count: songs.length, number: number(songs.length) }),
      t("count.albums", { count: albums.length, number: number(albums.length) }),
      t("count.artists", { count: artists.length, number: number(artists.length) }),
    ].join(", ");
  };
  return (
    <p className="sr" role="status">
      {found === undefined || words === "" ? "" : say(found)}
    </p>
  );
}
