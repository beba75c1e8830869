import { useQuery } from "@tanstack/react-query";
import { Trans, useTranslation } from "react-i18next";

import { songShelfQuery } from "@/api/songs";
import { formatNumber } from "@/lib/format";
import { Select } from "@/ui/Select";

import { SongFilters } from "./SongFilters";
import { isNarrowed, type SongOrder, type SongSearch } from "./songSearch";
import styles from "./SongsPage.module.css";

interface SongsHeadProps {
  total: number | undefined;
  search: SongSearch;
  onChange: (search: SongSearch) => void;
}

/** On a phone there are no column heads: these orders are offered instead. */
const ORDERS = ["title", "artist", "album", "-createdAt", "-plays", "-rating", "-year", "duration"] as const;

/** Heading, count and filters. */
export function SongsHead({ total, search, onChange }: SongsHeadProps) {
  const { t, i18n } = useTranslation("songs");
  const narrowed = isNarrowed(search);
  const { data } = useQuery({ ...songShelfQuery({}, 1), enabled: narrowed });
  const all = narrowed ? data?.total : undefined;
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
              i18nKey={all === undefined ? "count" : "countOf"}
              count={all ?? total}
              values={{
                number: formatNumber(total, i18n.language),
                ...(all !== undefined && { all: formatNumber(all, i18n.language) }),
              }}
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
