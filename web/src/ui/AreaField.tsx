import { type ComponentProps, useId } from "react";

import styles from "./Field.module.css";
import { Icon } from "./Icon";

interface AreaFieldProps extends Omit<ComponentProps<"textarea">, "className" | "id"> {
  label: string;
  /** What is wrong with the value, in words. */
  fault?: string | undefined;
}

/** A field for more than a line. */
export function AreaField({ label, fault, ...area }: AreaFieldProps) {
  const id = useId();
  return (
    <div className={styles["field"]}>
      <label className={styles["label"]} htmlFor={id}>
        {label}
      </label>
      <div className={styles["box"]}>
        <textarea
          rows={3}
          {...area}
          id={id}
          className={styles["input"]}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        />
      </div>
      {fault !== undefined && (
        <p id={`${id}-fault`} className={styles["fault"]}>
          <Icon name="warning" size={16} />
          {fault}
        </p>
      )}
    </div>
  );
}
