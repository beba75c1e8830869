import type { ComponentProps, MouseEvent } from "react";

import { classes } from "@/lib/classes";

import type { GlyphName } from "./glyphs";
import { Icon } from "./Icon";
import styles from "./IconButton.module.css";

interface IconButtonProps extends Omit<ComponentProps<"button">, "className" | "children" | "disabled"> {
  icon: GlyphName;
  /** What it does; read out and shown on hover. */
  label: string;
  /** For switches: whether it is on. Leave it out for plain actions. */
  pressed?: boolean;
  /** round: the play button. accent: the same on a stage. */
  shape?: "square" | "round" | "accent";
  size?: number;
  disabled?: boolean;
}

export function IconButton({
  icon,
  label,
  pressed,
  shape = "square",
  size,
  disabled = false,
  onClick,
  ...rest
}: IconButtonProps) {
  const className = classes(
    styles["button"],
    pressed === true && styles["on"],
    icon === "heartFilled" && styles["solid"],
    shape !== "square" && styles["round"],
    shape === "accent" && styles["accent"],
  );
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (!disabled) onClick?.(event);
  };
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      {...rest}
      className={className}
      aria-disabled={disabled || undefined}
      onClick={press}
    >
      <Icon name={icon} {...(size === undefined ? {} : { size })} />
    </button>
  );
}
