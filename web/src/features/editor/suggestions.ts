import { useQuery } from "@tanstack/react-query";

import { genresQuery } from "@/api/genres";
import { searchQuery } from "@/api/search";
import { matches } from "@/lib/fold";

const MOST = 8;
const NONE: readonly string[] = [];

/** Artists of the library for what is typed. */
export function useArtistNames(typed: string): readonly string[] {
  const words = typed.trim();
  const { data } = useQuery({ ...searchQuery(words, MOST), enabled: words !== "" });
  return data?.artists.map((artist) => artist.name) ?? NONE;
}

/** Genres of the library for what is typed. */
export function useGenreNames(typed: string): readonly string[] {
  const { data } = useQuery(genresQuery);
  return data?.genres.map((genre) => genre.name).filter((name) => matches(name, typed)) ?? NONE;
}
