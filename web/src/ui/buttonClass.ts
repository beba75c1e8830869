import { classes } from "@/lib/classes";

import styles from "./Button.module.css";

export interface ButtonLook {
  /** One primary button a page. */
  kind?: "primary" | "plain" | "quiet";
  small?: boolean;
  wide?: boolean;
}

/** The look of a button, for links that lead somewhere as a button would: `<Link className={buttonClass({…})}>`. */
export function buttonClass({ kind = "plain", small = false, wide = false }: ButtonLook): string {
  return classes(
    styles["button"],
    kind === "primary" && styles["primary"],
    kind === "quiet" && styles["quiet"],
    small && styles["small"],
    wide && styles["wide"],
  );
}
