import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { songFacetsQuery } from "@/api/facets";
import type { Library } from "@/api/types";
import { omit } from "@/lib/omit";
import { ListFault } from "@/ui/ListFault";

import styles from "./FilterPanel.module.css";
import { FilterGroup, type FilterOption } from "./FilterGroup";
import type { SongFilterName, SongSearch } from "./songSearch";

interface FilterPanelProps {
  search: SongSearch;
  libraries: readonly Library[];
  onChange: (search: SongSearch) => void;
}

const DECADE = 10;
const STARS = [5, 4, 3, 2, 1];

/** Everything the songs can be narrowed by, with how many each would leave. A press on what is set takes it away. */
export function FilterPanel({ search, libraries, onChange }: FilterPanelProps) {
  const { t } = useTranslation("songs");
  const { data, error, refetch } = useQuery(songFacetsQuery(omit(search, "sort")));
  if (error !== null && data === undefined) return <ListFault error={error} onRetry={() => void refetch()} />;

  const option = (name: string, on: boolean, change: SongSearch, off: SongFilterName[], count?: number) => ({
    name,
    on,
    count,
    onPress: () => onChange(on ? omit(search, ...off) : { ...omit(search, ...off), ...change }),
  });
  const genres = data?.genres.map(({ name, count }) =>
    option(name, search.genre === name, { genre: name }, ["genre"], count),
  );
  const decades = data?.decades.map(({ from, count }) => {
    const on = search.yearFrom === from && search.yearTo === from + DECADE - 1;
    const years = { yearFrom: from, yearTo: from + DECADE - 1 };
    return option(t("decade", { decade: from }), on, years, ["year", "yearFrom", "yearTo"], count);
  });
  const formats = data?.formats.map(({ format, count }) =>
    option(format.toUpperCase(), search.format === format, { format }, ["format"], count),
  );
  const played = data === undefined ? undefined : data.total - data.unplayed;
  const yours: FilterOption[] = [
    option(t("liked"), search.liked === true, { liked: true }, ["liked"], data?.liked),
    option(t("unplayed"), search.played === false, { played: false }, ["played"], data?.unplayed),
    option(t("played"), search.played === true, { played: true }, ["played"], played),
  ];
  const ratings = STARS.map((stars) =>
    option(t("starsUp", { count: stars }), search.minRating === stars, { minRating: stars }, ["minRating"]),
  );
  const kept = libraries.filter(({ isHeard }) => isHeard);
  return (
    <div className={styles["panel"]}>
      <FilterGroup title={t("genre")} options={genres} />
      <FilterGroup title={t("years")} options={decades} />
      <FilterGroup title={t("format")} options={formats} />
      <FilterGroup title={t("yours")} options={yours} />
      <FilterGroup title={t("rating")} options={ratings} />
      {kept.length > 1 && (
        <FilterGroup
          title={t("library")}
          options={kept.map(({ id, name }) =>
            option(name, search.libraryId === id, { libraryId: id }, ["libraryId"]),
          )}
        />
      )}
    </div>
  );
}
