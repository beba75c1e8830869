import type { TFunction } from "i18next";

import type { Library } from "@/api/types";

import type { SongFilterName, SongSearch } from "./songSearch";

/** A filter that is set, in words. */
export interface SetFilter {
  /** The parts of the address it stands for. */
  readonly names: readonly SongFilterName[];
  readonly label: string;
  readonly value?: string;
}

/** The filters of an address in the order of their chips. */
export function setFilters(
  search: SongSearch,
  libraries: readonly Library[],
  t: TFunction<"songs">,
): SetFilter[] {
  const { genre, year, yearFrom, yearTo, format, liked, minRating, played, libraryId } = search;
  const library = libraries.find(({ id }) => id === libraryId);
  return [
    ...(genre === undefined ? [] : [{ names: ["genre"], label: t("genre"), value: genre } as const]),
    ...(year === undefined ? [] : [{ names: ["year"], label: t("year"), value: String(year) } as const]),
    ...(yearFrom === undefined && yearTo === undefined
      ? []
      : [
          {
            names: ["yearFrom", "yearTo"],
            label: t("years"),
            value: yearsText(yearFrom, yearTo, t),
          } as const,
        ]),
    ...(format === undefined
      ? []
      : [{ names: ["format"], label: t("format"), value: format.toUpperCase() } as const]),
    ...(libraryId === undefined
      ? []
      : [{ names: ["libraryId"], label: t("library"), value: library?.name ?? String(libraryId) } as const]),
    ...(liked === undefined ? [] : [{ names: ["liked"], label: t("liked") } as const]),
    ...(minRating === undefined
      ? []
      : [{ names: ["minRating"], label: t("rating"), value: t("starsUp", { count: minRating }) } as const]),
    ...(played === undefined
      ? []
      : [{ names: ["played"], label: t(played ? "played" : "unplayed") } as const]),
  ];
}

/** "1960s" for a decade, else both ends. */
export function yearsText(from: number | undefined, to: number | undefined, t: TFunction<"songs">): string {
  if (from !== undefined && from % 10 === 0 && to === from + 9) return t("decade", { decade: from });
  if (to === undefined) return t("yearsFrom", { year: from });
  return from === undefined ? t("yearsTo", { year: to }) : t("yearsBetween", { from, to });
}
