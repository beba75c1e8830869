import { type ReactNode, useId } from "react";

import styles from "./CertificatePage.module.css";

interface StepProps {
  number: number;
  title: string;
  children: ReactNode;
}

/** One of the steps, numbered in the margin. */
export function Step({ number, title, children }: StepProps) {
  const heading = useId();
  return (
    <section className={styles["step"]} aria-labelledby={heading}>
      <span className={styles["number"]} aria-hidden="true">
        {number}
      </span>
      <div className={styles["body"]}>
        <h2 id={heading}>{title}</h2>
        {children}
      </div>
    </section>
  );
}
