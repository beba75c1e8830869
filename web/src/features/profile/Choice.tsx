import type { ReactNode } from "react";

import styles from "./SecurityPage.module.css";

interface ChoiceProps {
  /** What is chosen; the control says it to screen readers itself. */
  label: string;
  hint?: string;
  children: ReactNode;
}

/** A choice of a form under its name, as a text field stands under its own. */
export function Choice({ label, hint, children }: ChoiceProps) {
  return (
    <div className={styles["choice"]}>
      <span className={styles["caption"]} aria-hidden="true">
        {label}
      </span>
      {children}
      {hint !== undefined && <p className={styles["hint"]}>{hint}</p>}
    </div>
  );
}
