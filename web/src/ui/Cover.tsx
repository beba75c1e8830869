import { type CSSProperties, useState } from "react";

import { classes } from "@/lib/classes";
import { initial } from "@/lib/hue";

import styles from "./Cover.module.css";

interface CoverProps {
  url: string | null;
  /** Of what: gives the missing cover its letter. */
  title: string;
  hue: number;
  /** Width in CSS pixels; the sharpest file is chosen from it. */
  size: number;
  /** Takes the width of its parent; size is then the largest it gets. */
  fluid?: boolean;
  /** Loads at once: for what stands first on a page. */
  eager?: boolean;
}

/** The widths the server keeps ready. */
const WIDTHS = [64, 128, 256, 512, 1024];

/** A square sleeve. It is a picture beside its title, so it has no text of its own for screen readers. */
export function Cover({ url, title, hue, size, fluid = false, eager = false }: CoverProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const style = {
    "--sleeve-h": hue,
    ...(fluid ? {} : { "--cover": `${size}px` }),
  } as CSSProperties;
  if (url === null || broken === url) {
    return (
      <span className={classes(styles["cover"], styles["missing"])} style={style} aria-hidden="true">
        <span className={styles["letter"]}>{initial(title)}</span>
      </span>
    );
  }
  return (
    <span className={styles["cover"]} style={style}>
      <img
        className={styles["image"]}
        src={atWidth(url, size)}
        srcSet={WIDTHS.map((width) => `${atWidth(url, width)} ${width}w`).join(", ")}
        sizes={`${size}px`}
        width={size}
        height={size}
        alt=""
        loading={eager ? "eager" : "lazy"}
        fetchPriority={eager ? "high" : "auto"}
        decoding="async"
        draggable={false}
        onError={() => setBroken(url)}
      />
    </span>
  );
}

function atWidth(url: string, width: number): string {
  const step = WIDTHS.find((known) => known >= width) ?? WIDTHS[WIDTHS.length - 1];
  return `${url}${url.includes("?") ? "&" : "?"}size=${step}`;
}
