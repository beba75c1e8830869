import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { songFacetsQuery } from "@/api/facets";
import { genresQuery } from "@/api/genres";
import { omit } from "@/lib/omit";
import { Button } from "@/ui/Button";
import { AddChip, FilterChip, SelectChip } from "@/ui/Chip";

import styles from "./AlbumPage.module.css";
import { ALBUM_KINDS, type AlbumSearch } from "./albumSearch";

interface AlbumFiltersProps {
  search: AlbumSearch;
  onChange: (search: AlbumSearch) => void;
}

const YEARS = 10;

/** The filters as chips: filled ones are kept, dashed ones are offered. */
export function AlbumFilters({ search, onChange }: AlbumFiltersProps) {
  const { t } = useTranslation("albums");
  const { sort, kind, genre, yearFrom, yearTo, liked } = search;
  const { data: genres } = useQuery(genresQuery);
  const { data: facets } = useQuery(songFacetsQuery({}));
  const kinds = ALBUM_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }));
  const decades = facets?.decades.map(({ from }) => ({
    value: String(from),
    label: t("decade", { decade: from }),
  }));
  const years =
    yearTo === (yearFrom ?? 0) + YEARS - 1
      ? t("decade", { decade: yearFrom })
      : `${yearFrom ?? ""}–${yearTo ?? ""}`;
  const set = Object.keys(omit(search, "sort")).length;
  return (
    <div className={styles["chips"]} role="group" aria-label={t("filters")}>
      {kind === undefined ? (
        <SelectChip
          label={t("kind")}
          options={kinds}
          onChoose={(value) => onChange({ ...search, kind: value })}
        />
      ) : (
        <FilterChip
          label={t("kind")}
          value={t(`kinds.${kind}`)}
          onRemove={() => onChange(omit(search, "kind"))}
        />
      )}
      {genre !== undefined && (
        <FilterChip label={t("genre")} value={genre} onRemove={() => onChange(omit(search, "genre"))} />
      )}
      {genre === undefined && genres?.genres.length !== 0 && (
        <SelectChip
          label={t("genre")}
          options={genres?.genres.map(({ name }) => ({ value: name, label: name })) ?? []}
          onChoose={(name) => onChange({ ...search, genre: name })}
        />
      )}
      {yearFrom !== undefined || yearTo !== undefined ? (
        <FilterChip
          label={t("years")}
          value={years}
          onRemove={() => onChange(omit(search, "yearFrom", "yearTo"))}
        />
      ) : (
        decades?.length !== 0 && (
          <SelectChip
            label={t("years")}
            options={decades ?? []}
            onChoose={(from) =>
              onChange({ ...search, yearFrom: Number(from), yearTo: Number(from) + YEARS - 1 })
            }
          />
        )
      )}
      {liked === undefined ? (
        <AddChip icon="heart" label={t("liked")} onClick={() => onChange({ ...search, liked: true })} />
      ) : (
        <FilterChip label={t("liked")} onRemove={() => onChange(omit(search, "liked"))} />
      )}
      {set > 1 && (
        <Button kind="quiet" small onClick={() => onChange(sort === undefined ? {} : { sort })}>
          {t("clearAll")}
        </Button>
      )}
    </div>
  );
}
