import styles from "./ProgressBar.module.css";

/** How much of something is done, 0 to 1. */
export function ProgressBar({ label, value }: { label: string; value: number }) {
  return (
    <span
      className={styles["bar"]}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 100)}
    >
      <span className={styles["filled"]} style={{ transform: `scaleX(${value})` }} />
    </span>
  );
}
