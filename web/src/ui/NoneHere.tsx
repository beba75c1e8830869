import type { ReactNode } from "react";

import styles from "./NoneHere.module.css";
import { Ruler } from "./Ruler";

interface NoneHereProps {
  title: string;
  /** One sentence. */
  hint: string;
  /** One action. */
  children?: ReactNode;
}

const EMPTY_SECONDS = 240;

/** Nothing to list below a page's heading: an empty rule and what to do about it. */
export function NoneHere({ title, hint, children }: NoneHereProps) {
  return (
    <div className={styles["none"]}>
      <div className={styles["rule"]} aria-hidden="true">
        <Ruler duration={EMPTY_SECONDS} />
        <span className={styles["head"]} />
      </div>
      <h2>{title}</h2>
      <p>{hint}</p>
      {children}
    </div>
  );
}
