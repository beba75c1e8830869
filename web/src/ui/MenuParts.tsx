import * as Dropdown from "@radix-ui/react-dropdown-menu";
import type { ReactElement, ReactNode } from "react";

import { classes } from "@/lib/classes";

import type { GlyphName } from "./glyphs";
import { Icon } from "./Icon";
import styles from "./Menu.module.css";

interface MenuItemProps {
  icon?: GlyphName;
  onSelect: () => void;
  disabled?: boolean;
  /** Takes something away for good. */
  danger?: boolean;
  children: ReactNode;
}

export function MenuItem({ icon, onSelect, disabled = false, danger = false, children }: MenuItemProps) {
  return (
    <Dropdown.Item
      className={classes(styles["item"], danger && styles["danger"])}
      onSelect={onSelect}
      disabled={disabled}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </Dropdown.Item>
  );
}

/** An entry that leads to a page; give it a router link as its only child. */
export function MenuLink({ children }: { children: ReactElement }) {
  return (
    <Dropdown.Item className={styles["item"]} asChild>
      {children}
    </Dropdown.Item>
  );
}

interface MenuChoiceProps<Value extends string> {
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of several, with a check beside the chosen one. The menu stays open. */
export function MenuChoice<Value extends string>({ value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <Dropdown.RadioGroup value={value}>
      {options.map((option) => (
        <Dropdown.RadioItem
          key={option.value}
          className={styles["item"]}
          value={option.value}
          onSelect={(event) => {
            event.preventDefault();
            onChange(option.value);
          }}
        >
          {option.label}
          <Dropdown.ItemIndicator className={styles["mark"]}>
            <Icon name="check" size={16} />
          </Dropdown.ItemIndicator>
        </Dropdown.RadioItem>
      ))}
    </Dropdown.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Dropdown.Label className={styles["label"]}>{children}</Dropdown.Label>;
}

export function MenuLine() {
  return <Dropdown.Separator className={styles["line"]} />;
}
