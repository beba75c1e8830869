import { useTranslation } from "react-i18next";

import { formatNumber } from "@/lib/format";
import { Select } from "@/ui/Select";

import { AlbumFilters } from "./AlbumFilters";
import styles from "./AlbumPage.module.css";
import { ALBUM_ORDERS, type AlbumSearch } from "./albumSearch";

interface AlbumsHeadProps {
  total: number | undefined;
  search: AlbumSearch;
  onChange: (search: AlbumSearch) => void;
}

/** Heading, count, order and filters. */
export function AlbumsHead({ total, search, onChange }: AlbumsHeadProps) {
  const { t, i18n } = useTranslation("albums");
  const options = ALBUM_ORDERS.map((value) => ({ value, label: t(`order.${value}`) }));
  // With nothing in the library there is nothing to sort or to narrow.
  const empty = total === 0 && Object.keys(search).length === 0;
  return (
    <header className={styles["head"]}>
      <div className={styles["top"]}>
        <h1>{t("title")}</h1>
        <p className={styles["count"]} aria-live="polite">
          {total !== undefined && t("count", { count: total, number: formatNumber(total, i18n.language) })}
        </p>
        {!empty && (
          <div className={styles["order"]}>
            <Select
              label={t("sort")}
              value={search.sort ?? "title"}
              options={options}
              onChange={(sort) => onChange({ ...search, sort })}
            />
          </div>
        )}
      </div>
      {!empty && <AlbumFilters search={search} onChange={onChange} />}
    </header>
  );
}
