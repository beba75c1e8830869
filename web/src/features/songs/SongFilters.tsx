import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { genresQuery } from "@/api/genres";
import { AddChip, FilterChip, SelectChip } from "@/ui/Chip";
import { Icon } from "@/ui/Icon";

import { isYear, type SongSearch } from "./songSearch";
import styles from "./SongsPage.module.css";

interface SongFiltersProps {
  search: SongSearch;
  onChange: (search: SongSearch) => void;
}

/** The filters as chips: filled ones are kept, dashed ones are offered. */
export function SongFilters({ search, onChange }: SongFiltersProps) {
  const { t } = useTranslation("songs");
  const { genre, year, liked } = search;
  const { sort } = search;
  const kept = sort === undefined ? {} : { sort };
  const without = (name: "genre" | "year" | "liked") => () => onChange({ ...kept, ...others(search, name) });
  return (
    <div className={styles["chips"]} role="group" aria-label={t("filters")}>
      {genre === undefined ? (
        <GenreChip onChoose={(name) => onChange({ ...search, genre: name })} />
      ) : (
        <FilterChip label={t("genre")} value={genre} onRemove={without("genre")} />
      )}
      {year === undefined ? (
        <YearChip onChoose={(chosen) => onChange({ ...search, year: chosen })} />
      ) : (
        <FilterChip label={t("year")} value={String(year)} onRemove={without("year")} />
      )}
      {liked === undefined ? (
        <AddChip icon="heart" label={t("liked")} onClick={() => onChange({ ...search, liked: true })} />
      ) : (
        <FilterChip label={t("liked")} onRemove={without("liked")} />
      )}
    </div>
  );
}

function others({ genre, year, liked }: SongSearch, name: "genre" | "year" | "liked"): SongSearch {
  return {
    ...(name !== "genre" && genre !== undefined && { genre }),
    ...(name !== "year" && year !== undefined && { year }),
    ...(name !== "liked" && liked !== undefined && { liked }),
  };
}

function GenreChip({ onChoose }: { onChoose: (name: string) => void }) {
  const { t } = useTranslation("songs");
  const { data } = useQuery(genresQuery);
  if (data?.genres.length === 0) return null;
  return (
    <SelectChip label={t("genre")} options={data?.genres.map(({ name }) => name) ?? []} onChoose={onChoose} />
  );
}

function YearChip({ onChoose }: { onChoose: (year: number) => void }) {
  const { t } = useTranslation("songs");
  const [text, setText] = useState("");
  const choose = (event?: FormEvent) => {
    event?.preventDefault();
    const year = Number(text);
    if (text !== "" && isYear(year)) onChoose(year);
  };
  return (
    <form className={styles["year"]} onSubmit={choose}>
      <label>
        <Icon name="add" size={14} />
        {t("year")}
        <input
          inputMode="numeric"
          maxLength={4}
          placeholder={t("yearExample")}
          value={text}
          onChange={(event) => setText(event.target.value.replace(/\D/g, ""))}
          onBlur={() => choose()}
        />
      </label>
    </form>
  );
}
