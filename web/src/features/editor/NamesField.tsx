import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { Icon } from "@/ui/Icon";
import { Title } from "@/ui/Title";

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
  const { t } = useTranslation("editor");
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
        {names.map((name, index) => (
          <span key={name} className={styles["chip"]}>
            <Title className="cut">{name}</Title>
            <button
              type="button"
              aria-label={t("removeName", { name })}
              onClick={() => onChange(names.filter((_, place) => place !== index))}
            >
              <Icon name="close" size={14} />
            </button>
          </span>
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
        {open && (
          <ul
            id={`${id}-list`}
            role="listbox"
            className={styles["list"]}
            aria-label={t("suggestions", { field: label })}
          >
            {offered.map((name, index) => (
              <li
                key={name}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                className={styles["option"]}
                // Before the field loses the focus and takes what was typed.
                onPointerDown={(event) => {
                  event.preventDefault();
                  add(name);
                }}
              >
                <Title>{name}</Title>
              </li>
            ))}
          </ul>
        )}
      </div>
      {(fault ?? hint) !== undefined && (
        <p id={`${id}-note`} className={fault === undefined ? styles["hint"] : styles["fault"]}>
          {fault ?? hint}
        </p>
      )}
    </div>
  );
}
