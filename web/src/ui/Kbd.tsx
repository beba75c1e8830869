import styles from "./Kbd.module.css";

/** One key of the keyboard. */
export function Kbd({ children }: { children: string }) {
  return <kbd className={styles["key"]}>{children}</kbd>;
}
