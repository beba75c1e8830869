import { type KeyboardEvent, type MouseEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { clamp } from "@/lib/clamp";
import { classes } from "@/lib/classes";

import { glyphs } from "./glyphs";
import styles from "./Stars.module.css";

interface StarsProps {
  /** What is rated. */
  title: string;
  /** 0 for none, else 1 to 5. */
  value: number;
  onRate: (rating: number) => void;
  tabIndex?: number;
  /** For fingers and for pages where it stands alone. */
  large?: boolean;
}

const MOST = 5;
const FIVE = Array.from({ length: MOST }, (_, at) => at + 1);

/** A rating as five stars. A press on a star rates, one on the star that is set takes it back; arrows and figures rate too. */
export function Stars({ title, value, onRate, tabIndex = 0, large = false }: StarsProps) {
  const { t } = useTranslation("rows");
  const [pointed, setPointed] = useState<number | null>(null);
  const starAt = (event: MouseEvent<HTMLElement>) => {
    const { left, right, width } = event.currentTarget.getBoundingClientRect();
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const part = (rtl ? right - event.clientX : event.clientX - left) / Math.max(width, 1);
    return clamp(Math.ceil(part * MOST), 1, MOST);
  };
  const press = (event: MouseEvent<HTMLElement>) => {
    const star = starAt(event);
    onRate(star === value ? 0 : star);
  };
  const keys: Record<string, number> = {
    ArrowRight: value + 1,
    ArrowUp: value + 1,
    ArrowLeft: value - 1,
    ArrowDown: value - 1,
    Home: 0,
    End: MOST,
  };
  const type = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = /^[0-5]$/.test(event.key) ? Number(event.key) : keys[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const rating = clamp(next, 0, MOST);
    if (rating !== value) onRate(rating);
  };
  const shown = pointed ?? value;
  return (
    <span
      role="slider"
      tabIndex={tabIndex}
      aria-label={t("rateTitle", { title })}
      aria-valuemin={0}
      aria-valuemax={MOST}
      aria-valuenow={value}
      aria-valuetext={value === 0 ? t("unrated") : t("stars", { count: value })}
      className={classes(styles["stars"], large && styles["large"], pointed !== null && styles["pointed"])}
      onClick={press}
      onDoubleClick={(event) => event.stopPropagation()}
      onPointerMove={(event) => event.pointerType === "mouse" && setPointed(starAt(event))}
      onPointerLeave={() => setPointed(null)}
      onKeyDown={type}
    >
      <svg viewBox="0 0 100 20" aria-hidden="true" focusable="false">
        {FIVE.map((star) => (
          <path
            key={star}
            d={glyphs.star.line}
            transform={`translate(${(star - 1) * 20})`}
            className={star <= shown ? styles["full"] : styles["none"]}
          />
        ))}
      </svg>
    </span>
  );
}
