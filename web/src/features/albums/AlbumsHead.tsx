import { useTranslation } from "react-i18next";

import { formatNumber } from "@/lib/format";
import { AddChip, FilterChip } from "@/ui/Chip";
import { Select } from "@/ui/Select";

import styles from "./AlbumPage.module.css";
import { ALBUM_ORDERS, type AlbumSearch } from "./albumSearch";

interface AlbumsHeadProps {
  total: number | undefined;
  search: AlbumSearch;
  onChange: (search: AlbumSearch) => void;
}

/** Heading, count, filters and order. */
export function AlbumsHead({ total, search, onChange }: AlbumsHeadProps) {
  const { t, i18n } = useTranslation("albums");
  const { sort, genre, liked } = search;
  const options = ALBUM_ORDERS.map((value) => ({ value, label: t(`order.${value}`) }));
  const kept = { ...(sort !== undefined && { sort }) };
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
          {genre !== undefined && (
            <FilterChip
              label={t("genre")}
              value={genre}
              onRemove={() => onChange({ ...kept, ...(liked !== undefined && { liked }) })}
            />
          )}
          {liked === undefined ? (
            <AddChip icon="heart" label={t("liked")} onClick={() => onChange({ ...search, liked: true })} />
          ) : (
            <FilterChip
              label={t("liked")}
              onRemove={() => onChange({ ...kept, ...(genre !== undefined && { genre }) })}
            />
          )}
          <Select
            label={t("sort")}
            value={sort ?? "title"}
            options={options}
            onChange={(value) => onChange({ ...search, sort: value })}
          />
        </div>
      )}
    </header>
  );
}
