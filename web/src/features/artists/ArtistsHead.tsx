import { useTranslation } from "react-i18next";

import { formatNumber } from "@/lib/format";
import { omit } from "@/lib/omit";
import { AddChip, FilterChip } from "@/ui/Chip";
import { Select } from "@/ui/Select";

import { ARTIST_ORDERS, type ArtistSearch } from "./artistSearch";
import styles from "./ArtistsPage.module.css";

interface ArtistsHeadProps {
  total: number | undefined;
  search: ArtistSearch;
  onChange: (search: ArtistSearch) => void;
}

/** Heading, count, filter and order. */
export function ArtistsHead({ total, search, onChange }: ArtistsHeadProps) {
  const { t, i18n } = useTranslation("artists");
  const options = ARTIST_ORDERS.map((value) => ({ value, label: t(`order.${value}`) }));
  // With nothing in the library there is nothing to sort or to narrow.
  const empty = total === 0 && Object.keys(search).length === 0;
  return (
    <header className={styles["top"]}>
      <h1>{t("title")}</h1>
      <p className={styles["count"]} aria-live="polite">
        {total !== undefined && t("count", { count: total, number: formatNumber(total, i18n.language) })}
      </p>
      {!empty && (
        <div className={styles["order"]}>
          {search.liked === undefined ? (
            <AddChip icon="heart" label={t("liked")} onClick={() => onChange({ ...search, liked: true })} />
          ) : (
            <FilterChip label={t("liked")} onRemove={() => onChange(omit(search, "liked"))} />
          )}
          <Select
            label={t("sort")}
            value={search.sort ?? "name"}
            options={options}
            onChange={(sort) => onChange({ ...search, sort })}
          />
        </div>
      )}
    </header>
  );
}
