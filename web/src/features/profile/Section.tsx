import { type ReactNode, useId } from "react";

import { classes } from "@/lib/classes";

import styles from "./ProfilePage.module.css";

interface SectionProps {
  title: string;
  about?: string;
  /** Takes all the width there is. */
  wide?: boolean;
  children: ReactNode;
}

export function Section({ title, about, wide = false, children }: SectionProps) {
  const heading = useId();
  return (
    <section className={styles["section"]} aria-labelledby={heading}>
      <div className={styles["about"]}>
        <h2 id={heading}>{title}</h2>
        {about !== undefined && <p>{about}</p>}
      </div>
      <div className={classes(styles["body"], wide && styles["wide"])}>{children}</div>
    </section>
  );
}
