import { type HTMLAttributes, type ReactNode, useId } from "react";

import { classes } from "@/lib/classes";

import styles from "./Shelf.module.css";

interface ShelfProps {
  title: string;
  /** What it holds, in a few words. */
  note?: string;
  /** Leads to more of it. */
  more?: ReactNode;
  children: ReactNode;
}

/** A part of a page under its own heading. */
export function Shelf({ title, note, more, children }: ShelfProps) {
  const id = useId();
  return (
    <section className={styles["shelf"]} aria-labelledby={id}>
      <header className={styles["head"]}>
        <h2 id={id}>{title}</h2>
        {note !== undefined && <p>{note}</p>}
        {more !== undefined && <span className={styles["more"]}>{more}</span>}
      </header>
      {children}
    </section>
  );
}

interface CardLineProps {
  children: ReactNode;
  /** The others follow in more lines instead of staying away. */
  wrap?: boolean;
  /** What useContextPress gives. */
  press?: HTMLAttributes<HTMLElement>;
}

/** Sleeves in one line: six, four or, on a phone, as many as one scrolls to. Its children are list items. */
export function CardLine({ children, wrap = false, press }: CardLineProps) {
  return (
    <ul className={classes(styles["cards"], wrap && styles["wrap"])} {...press}>
      {children}
    </ul>
  );
}
