import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

import { CheckBox } from "./CheckBox";
import { Icon } from "./Icon";
import styles from "./SongGrid.module.css";
import { nextSort, type SongSort, type SongSortKey } from "./songSort";

interface SongGridHeadProps {
  sort: SongSort;
  onSort: (sort: SongSort) => void;
  selected: boolean | "some";
  onSelectAll: () => void;
}

const COLUMNS = [
  { name: "title", sort: "title" },
  { name: "artist", sort: "artist" },
  { name: "album", sort: "album" },
  { name: "genre", sort: null },
  { name: "year", sort: "year" },
  { name: "added", sort: "createdAt" },
  { name: "plays", sort: "plays" },
  { name: "liked", sort: null },
  { name: "time", sort: "duration" },
  { name: "more", sort: null },
] as const;
/** Without a visible head: their controls say what they are. */
const UNNAMED = ["liked", "more"];
const NUMBERS = ["year", "added", "plays", "time"];

/** The heads of the columns. A press sorts by the column, another turns the order round. */
export function SongGridHead({ sort, onSort, selected, onSelectAll }: SongGridHeadProps) {
  const { t } = useTranslation("rows");
  return (
    <div role="rowgroup" className={styles["head"]}>
      <div role="row" aria-rowindex={1} className={classes(styles["row"], styles["heads"])}>
        <span role="columnheader" className={styles["box"]}>
          <CheckBox label={t("selectLoaded")} checked={selected} onChange={onSelectAll} />
        </span>
        <span aria-hidden="true" className={styles["cover"]} />
        {COLUMNS.map(({ name, sort: key }) => (
          <span
            key={name}
            role="columnheader"
            className={classes(styles[name], NUMBERS.includes(name) && styles["number"])}
            aria-sort={ariaSort(sort, key)}
          >
            {key === null ? (
              <span className={UNNAMED.includes(name) ? "sr" : undefined}>{t(`column.${name}`)}</span>
            ) : (
              <button type="button" className={styles["sorter"]} onClick={() => onSort(nextSort(sort, key))}>
                {sort.key === key && (
                  <span className={sort.descending ? styles["down"] : styles["up"]}>
                    <Icon name="chevronDown" size={14} />
                  </span>
                )}
                {t(`column.${name}`)}
              </button>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

function ariaSort(sort: SongSort, key: SongSortKey | null) {
  if (key === null) return undefined;
  if (sort.key !== key) return "none";
  return sort.descending ? "descending" : "ascending";
}
