import { Trans, useTranslation } from "react-i18next";

import { formatNumber } from "@/lib/format";
import { Select } from "@/ui/Select";

import { SongFilters } from "./SongFilters";
import type { SongOrder, SongSearch } from "./songSearch";
import styles from "./SongsPage.module.css";

interface SongsHeadProps {
  total: number | undefined;
  search: SongSearch;
  onChange: (search: SongSearch) => void;
}

/** On a phone there are no column heads: these orders are offered instead. */
const ORDERS = ["title", "artist", "album", "-createdAt", "-plays", "-year", "duration"] as const;

/** Heading, count and filters. */
export function SongsHead({ total, search, onChange }: SongsHeadProps) {
  const { t, i18n } = useTranslation("songs");
  const sort = search.sort ?? "title";
  const options = ORDERS.map((value) => ({ value: value as SongOrder, label: t(`order.${value}`) }));
  // With nothing in the library there is nothing to sort or to narrow.
  const empty = total === 0 && Object.keys(search).length === 0;
  const known = options.some((option) => option.value === sort);
  return (
    <header>
      <div className={styles["top"]}>
        <h1>{t("title")}</h1>
        <p className={styles["count"]} aria-live="polite">
          {total !== undefined && (
            <Trans
              t={t}
              i18nKey="count"
              count={total}
              values={{ number: formatNumber(total, i18n.language) }}
              components={{ b: <b /> }}
            />
          )}
        </p>
        {!empty && (
          <div className={styles["sort"]}>
            <Select
              label={t("sort")}
              value={sort}
              options={known ? options : [{ value: sort, label: t("order.other") }, ...options]}
              onChange={(value) => onChange({ ...search, sort: value })}
            />
          </div>
        )}
      </div>
      {!empty && <SongFilters search={search} onChange={onChange} />}
    </header>
  );
}
