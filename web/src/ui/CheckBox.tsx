import styles from "./CheckBox.module.css";
import { Icon } from "./Icon";

interface CheckBoxProps {
  label: string;
  checked: boolean | "some";
  /** extend: Shift was held. */
  onChange: (extend: boolean) => void;
  tabIndex?: number;
}

/** A box without a visible text of its own, for rows. */
export function CheckBox({ label, checked, onChange, tabIndex }: CheckBoxProps) {
  return (
    <span className={styles["box"]}>
      <input
        type="checkbox"
        aria-label={label}
        tabIndex={tabIndex}
        checked={checked === true}
        ref={(input) => {
          if (input !== null) input.indeterminate = checked === "some";
        }}
        onChange={(event) => onChange("shiftKey" in event.nativeEvent && event.nativeEvent.shiftKey === true)}
      />
      {checked !== false && <Icon name={checked === "some" ? "minus" : "check"} size={12} />}
    </span>
  );
}
