import { Icon } from "./Icon";
import styles from "./Select.module.css";

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of many. The browser's own list serves keyboards and phones best. */
export function Select<Value extends string>({ label, value, options, onChange }: SelectProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find((known) => known.value === chosen);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <span className={styles["select"]}>
      <select aria-label={label} value={value} onChange={(event) => choose(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevronDown" size={16} />
    </span>
  );
}
