import { useId } from "react";

import styles from "./Segment.module.css";

interface SegmentProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of a few, all of them in view. */
export function Segment<Value extends string>({ label, value, options, onChange }: SegmentProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles["segment"]}>
      <legend className="sr">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles["option"]}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
