import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";

import styles from "./Chip.module.css";
import type { GlyphName } from "./glyphs";
import { Icon } from "./Icon";
import { Title } from "./Title";

interface AddChipProps extends Omit<ComponentProps<"button">, "className" | "children"> {
  icon?: GlyphName;
  label: string;
}

/** Offers a filter that is not set. */
export function AddChip({ icon = "add", label, ...rest }: AddChipProps) {
  return (
    <button type="button" {...rest} className={classes(styles["chip"], styles["add"])}>
      <Icon name={icon} size={14} />
      {label}
    </button>
  );
}

interface FilterChipProps {
  label: string;
  value?: string;
  onRemove: () => void;
}

/** A filter that is set, with the cross that takes it away. */
export function FilterChip({ label, value, onRemove }: FilterChipProps) {
  const { t } = useTranslation();
  const name = value === undefined ? label : `${label} ${value}`;
  return (
    <span className={classes(styles["chip"], styles["set"])}>
      {value === undefined ? (
        <b>{label}</b>
      ) : (
        <>
          <span className={styles["label"]}>{label}</span>
          <Title className={classes("cut", styles["value"])}>{value}</Title>
        </>
      )}
      <button
        type="button"
        className={styles["remove"]}
        aria-label={t("removeFilter", { name })}
        onClick={onRemove}
      >
        <Icon name="close" size={14} />
      </button>
    </span>
  );
}

interface SelectChipProps<Value extends string> {
  label: string;
  options: readonly { value: Value; label: string }[];
  onChoose: (value: Value) => void;
}

/** Offers a filter with many values. The browser's own list serves keyboards and phones best. */
export function SelectChip<Value extends string>({ label, options, onChoose }: SelectChipProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find(({ value }) => value === chosen);
    if (option !== undefined) onChoose(option.value);
  };
  return (
    <span className={classes(styles["chip"], styles["add"])}>
      <Icon name="add" size={14} />
      {label}
      <select
        aria-label={label}
        className={styles["select"]}
        value=""
        onChange={(event) => choose(event.target.value)}
      >
        <option value="" disabled>
          {label}
        </option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
