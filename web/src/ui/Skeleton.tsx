import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

import styles from "./Skeleton.module.css";

interface BlockProps {
  width?: string;
  height?: number;
  square?: boolean;
}

/** One plane of a skeleton. */
export function SkeletonBlock({ width = "100%", height = 12, square = false }: BlockProps) {
  const size = square ? { width } : { width, height };
  return <span className={classes(styles["block"], square && styles["square"])} style={size} />;
}

/** Holds the true layout of a page in empty planes. It shows after 150 ms and says "Loading" to screen readers. */
export function Skeleton({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={styles["late"]} role="status" aria-label={t("loading")}>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}

/** The skeleton of a list with covers. */
export function SkeletonRows({ count = 8, cover = 40 }: { count?: number; cover?: number }) {
  return (
    <Skeleton>
      <div className={styles["rows"]}>
        {Array.from({ length: count }, (_, at) => (
          <div key={at} className={styles["row"]}>
            <SkeletonBlock square width={`${cover}px`} />
            <SkeletonBlock width={`${28 + ((at * 17) % 30)}%`} />
            <SkeletonBlock />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}

/** The skeleton of a grid of sleeves. */
export function SkeletonCards({ count = 12 }: { count?: number }) {
  return (
    <Skeleton>
      <div className={styles["cards"]}>
        {Array.from({ length: count }, (_, at) => (
          <div key={at}>
            <SkeletonBlock square />
            <p style={{ height: 14 }} />
            <SkeletonBlock width="74%" />
            <p style={{ height: 8 }} />
            <SkeletonBlock width="48%" height={10} />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
