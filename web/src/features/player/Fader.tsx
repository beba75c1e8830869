import type { CSSProperties, KeyboardEvent } from "react";

import { classes } from "@/lib/classes";

import styles from "./Vibe.module.css";

interface FaderProps {
  label: string;
  min: number;
  max: number;
  step: number;
  /** Where it changes nothing. */
  rest: number;
  value: number;
  /** The value for who does not see it. */
  valueText: string;
  shown: string;
  unit: string;
  disabled: boolean;
  onChange: (value: number) => void;
}

/** A value on a scale, with a mark where it rests. The page's own keys stay out of it. */
export function Fader(props: FaderProps) {
  const { label, min, max, step, rest, value, valueText, shown, unit, disabled, onChange } = props;
  const place = (of: number) => (of - min) / (max - min);
  const style = {
    "--from": Math.min(place(rest), place(value)),
    "--to": Math.max(place(rest), place(value)),
    "--rest": place(rest),
  } as CSSProperties;
  const keep = (event: KeyboardEvent) => event.key !== "Escape" && event.stopPropagation();
  return (
    <label className={classes(styles["fader"], disabled && styles["off"])}>
      <span className={styles["name"]}>{label}</span>
      <span className={styles["value"]} aria-hidden>
        {shown}
        <span className={styles["unit"]}>{unit}</span>
      </span>
      <input
        {...{ type: "range", min, max, step, value, disabled, style }}
        className={styles["range"]}
        aria-label={label}
        aria-valuetext={valueText}
        onKeyDown={keep}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </label>
  );
}
