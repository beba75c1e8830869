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

interface MenuChecksProps<Value extends string> {
  options: readonly { value: Value; label: string }[];
  chosen: readonly Value[];
  onToggle: (value: Value, on: boolean) => void;
}

/** Any number of several, with a check beside each that is chosen. The menu stays open. */
export function MenuChecks<Value extends string>({ options, chosen, onToggle }: MenuChecksProps<Value>) {
  return options.map(({ value, label }) => (
    <Dropdown.CheckboxItem
      key={value}
      className={styles["item"]}
      checked={chosen.includes(value)}
      onCheckedChange={(on) => onToggle(value, on)}
      onSelect={(event) => event.preventDefault()}
    >
      {label}
      <Dropdown.ItemIndicator className={styles["mark"]}>
        <Icon name="check" size={16} />
      </Dropdown.ItemIndicator>
    </Dropdown.CheckboxItem>
  ));
}

interface MenuPartProps {
  icon: GlyphName;
  label: string;
  children: ReactNode;
}

/** An entry that opens a menu of its own beside it. */
export function MenuPart({ icon, label, children }: MenuPartProps) {
  return (
    <Dropdown.Sub>
      <Dropdown.SubTrigger className={styles["item"]}>
        <Icon name={icon} />
        {label}
        <span className={styles["onward"]}>
          <Icon name="chevronRight" size={16} />
        </span>
      </Dropdown.SubTrigger>
      <Dropdown.Portal>
        <Dropdown.SubContent
          className={styles["menu"]}
          sideOffset={2}
          alignOffset={-4}
          collisionPadding={8}
          loop
        >
          {children}
        </Dropdown.SubContent>
      </Dropdown.Portal>
    </Dropdown.Sub>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Dropdown.Label className={styles["label"]}>{children}</Dropdown.Label>;
}

export function MenuLine() {
  return <Dropdown.Separator className={styles["line"]} />;
}
