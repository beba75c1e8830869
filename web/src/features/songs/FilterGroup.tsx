import { useId } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { formatNumber } from "@/lib/format";
import { SkeletonBlock } from "@/ui/Skeleton";
import { Title } from "@/ui/Title";

import styles from "./FilterPanel.module.css";

export interface FilterOption {
  readonly name: string;
  readonly on: boolean;
  /** Left out where it is not known. */
  readonly count?: number | undefined;
  readonly onPress: () => void;
}

interface FilterGroupProps {
  title: string;
  /** Undefined while they are on their way. */
  options: readonly FilterOption[] | undefined;
}

const WAITING = 5;

/** The choices of one kind, with how many songs each would leave. */
export function FilterGroup({ title, options }: FilterGroupProps) {
  const { i18n } = useTranslation();
  const id = useId();
  if (options?.length === 0) return null;
  return (
    <section className={styles["group"]} aria-labelledby={id}>
      <h2 id={id} className={styles["title"]}>
        {title}
      </h2>
      <ul className={styles["options"]}>
        {options?.map(({ name, on, count, onPress }) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={on}
              className={classes(styles["option"], on && styles["on"])}
              onClick={onPress}
            >
              <Title className="cut">{name}</Title>{" "}
              {count !== undefined && (
                <span className={styles["count"]}>{formatNumber(count, i18n.language)}</span>
              )}
            </button>
          </li>
        ))}
        {options === undefined &&
          Array.from({ length: WAITING }, (_, at) => (
            <li key={at} className={styles["waiting"]}>
              <SkeletonBlock width={`${50 + ((at * 23) % 40)}%`} />
            </li>
          ))}
      </ul>
    </section>
  );
}
