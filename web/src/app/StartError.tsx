import type { ErrorComponentProps } from "@tanstack/react-router";

import { PageError } from "./PageError";
import styles from "./StartError.module.css";

/** When not even the profile could be fetched: the error alone, without a frame around it. */
export function StartError(props: ErrorComponentProps) {
  return (
    <main className={styles["page"]}>
      <PageError {...props} />
    </main>
  );
}
