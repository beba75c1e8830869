import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

import { CheckBox } from "./CheckBox";
import { Icon } from "./Icon";
import { SONG_COLUMNS, type SongColumn } from "./songColumns";
import styles from "./SongGrid.module.css";
import { nextSort, type SongSort, type SongSortKey } from "./songSort";

interface SongGridHeadProps {
  columns: readonly SongColumn[];
  /** The menu that chooses columns, if there is one. */
  menu: ReactNode;
  sort: SongSort;
  onSort: (sort: SongSort) => void;
  selected: boolean | "some";
  onSelectAll: () => void;
}

/** The heads of the columns. A press sorts by the column, another turns the order round. */
export function SongGridHead(props: SongGridHeadProps) {
  const { columns, menu, sort, onSort, selected, onSelectAll } = props;
  const { t } = useTranslation("rows");
  return (
    <div role="rowgroup" className={styles["head"]}>
      <div role="row" aria-rowindex={1} className={classes(styles["row"], styles["heads"])}>
        <span role="columnheader" className={styles["box"]}>
          <CheckBox label={t("selectAll")} checked={selected} onChange={onSelectAll} />
        </span>
        <span aria-hidden="true" className={styles["cover"]} />
        <Head name="title" sortKey="title" sort={sort} onSort={onSort} />
        {columns.map((name) => (
          <Head key={name} name={name} sortKey={SONG_COLUMNS[name].sort} sort={sort} onSort={onSort} />
        ))}
        <Head name="time" sortKey="duration" sort={sort} onSort={onSort} />
        <span role="columnheader" className={styles["more"]}>
          {menu}
          <span className="sr">{t("column.more")}</span>
        </span>
      </div>
    </div>
  );
}

interface HeadProps {
  name: SongColumn | "title" | "time";
  /** Null for a column that nothing is sorted by. */
  sortKey: SongSortKey | null;
  sort: SongSort;
  onSort: (sort: SongSort) => void;
}

function Head({ name, sortKey, sort, onSort }: HeadProps) {
  const { t } = useTranslation("rows");
  const number = name === "time" || (name !== "title" && SONG_COLUMNS[name].number);
  const text = t(`column.${name}`);
  return (
    <span
      role="columnheader"
      className={classes(styles[name], number && styles["number"])}
      aria-sort={ariaSort(sort, sortKey)}
    >
      {sortKey === null ? (
        // The hearts below say what they are.
        <span className={name === "liked" ? "sr" : undefined}>{text}</span>
      ) : (
        <button type="button" className={styles["sorter"]} onClick={() => onSort(nextSort(sort, sortKey))}>
          {sort.key === sortKey && (
            <span className={sort.descending ? styles["down"] : styles["up"]}>
              <Icon name="chevronDown" size={14} />
            </span>
          )}
          {text}
        </button>
      )}
    </span>
  );
}

function ariaSort(sort: SongSort, key: SongSortKey | null) {
  if (key === null) return undefined;
  if (sort.key !== key) return "none";
  return sort.descending ? "descending" : "ascending";
}
