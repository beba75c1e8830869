import { type ComponentProps, type ReactNode, useId } from "react";

import { classes } from "@/lib/classes";

import styles from "./Field.module.css";
import { Icon } from "./Icon";

interface FieldProps extends Omit<ComponentProps<"input">, "className" | "id"> {
  label: string;
  hint?: string | undefined;
  /** What is wrong with the value, in words. */
  fault?: string | undefined;
  /** A control inside the field's end. */
  button?: ReactNode;
}

/** A text field with its label, its hint and what is wrong with it, tied together for screen readers. */
export function Field({ label, hint, fault, button, ...input }: FieldProps) {
  const id = useId();
  const described = classes(hint !== undefined && `${id}-hint`, fault !== undefined && `${id}-fault`);
  return (
    <div className={styles["field"]}>
      <label className={styles["label"]} htmlFor={id}>
        {label}
      </label>
      <div className={classes(styles["box"], button !== undefined && styles["withButton"])}>
        <input
          {...input}
          id={id}
          className={styles["input"]}
          aria-invalid={fault !== undefined}
          aria-describedby={described === "" ? undefined : described}
        />
        {button !== undefined && <span className={styles["button"]}>{button}</span>}
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles["hint"]}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p id={`${id}-fault`} className={styles["fault"]}>
          <Icon name="warning" size={16} />
          {fault}
        </p>
      )}
    </div>
  );
}
