import { type KeyboardEvent, useId, useState } from "react";

import { classes } from "@/lib/classes";

import { NameChip } from "./NameChip";
import { NameOptions } from "./NameOptions";
import styles from "./NamesField.module.css";

interface NamesFieldProps {
  label: string;
  names: readonly string[];
  onChange: (names: readonly string[]) => void;
  /** Stands there while there are no names. */
  placeholder?: string | undefined;
  hint?: string | undefined;
  fault?: string | undefined;
  most: number;
  /** Names of the library for what is typed. */
  useSuggestions: (typed: string) => readonly string[];
}

/** Several names in an order: typed, taken from what the library knows, taken away one by one. */
export function NamesField(props: NamesFieldProps) {
  const { label, names, onChange, placeholder, hint, fault, most, useSuggestions } = props;
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(-1);
  const offered = useSuggestions(typed)
    .filter((name) => !names.includes(name))
    .slice(0, 6);
  const open = typed.trim() !== "" && offered.length > 0;

  const add = (name: string) => {
    const clean = name.trim();
    if (clean !== "" && !names.includes(clean)) onChange([...names, clean]);
    setTyped("");
    setAt(-1);
  };
  const keys: Record<string, (event: KeyboardEvent<HTMLInputElement>) => void> = {
    Enter: (event) => {
      if (typed.trim() === "") return;
      event.preventDefault();
      add(offered[at] ?? typed);
    },
    ArrowDown: (event) => step(event, 1),
    ArrowUp: (event) => step(event, -1),
    Backspace: () => {
      if (typed === "" && names.length > 0) onChange(names.slice(0, -1));
    },
    Escape: (event) => {
      if (!open) return;
      event.stopPropagation();
      event.nativeEvent.stopImmediatePropagation();
      setTyped("");
    },
  };
  const step = (event: KeyboardEvent, by: number) => {
    if (!open) return;
    event.preventDefault();
    setAt((known) => (known + by + offered.length + (known < 0 && by < 0 ? 1 : 0)) % offered.length);
  };
  return (
    <div className={styles["field"]}>
      <label className={styles["label"]} htmlFor={id}>
        {label}
      </label>
      <div className={classes(styles["box"], fault !== undefined && styles["wrong"])}>
        {names.map((name) => (
          <NameChip
            key={name}
            name={name}
            onRemove={() => onChange(names.filter((known) => known !== name))}
          />
        ))}
        <input
          id={id}
          className={styles["input"]}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-activedescendant={open && at >= 0 ? `${id}-${at}` : undefined}
          aria-invalid={fault !== undefined}
          aria-describedby={fault !== undefined || hint !== undefined ? `${id}-note` : undefined}
          autoComplete="off"
          dir="auto"
          maxLength={most}
          placeholder={names.length === 0 ? placeholder : undefined}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(-1);
          }}
          onKeyDown={(event) => keys[event.key]?.(event)}
          onBlur={() => add(typed)}
        />
        {open && <NameOptions id={id} label={label} names={offered} at={at} onChoose={add} />}
      </div>
      {(fault ?? hint) !== undefined && (
        <p id={`${id}-note`} className={fault === undefined ? styles["hint"] : styles["fault"]}>
          {fault ?? hint}
        </p>
      )}
    </div>
  );
}
