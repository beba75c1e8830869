import type { ComponentProps, MouseEvent } from "react";

import { type ButtonLook, buttonClass } from "./buttonClass";
import { Icon } from "./Icon";
import type { GlyphName } from "./glyphs";

interface ButtonProps extends ButtonLook, Omit<ComponentProps<"button">, "className" | "disabled"> {
  icon?: GlyphName;
  /** Stays focusable and says that it waits, so that the keyboard is not lost. */
  disabled?: boolean;
}

export function Button({
  kind,
  small,
  wide,
  icon,
  disabled = false,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const look: ButtonLook = { kind: kind ?? "plain", small: small ?? false, wide: wide ?? false };
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (disabled) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass(look)}
      aria-disabled={disabled || undefined}
      onClick={press}
    >
      {icon !== undefined && <Icon name={icon} size={look.small ? 16 : 18} />}
      {children}
    </button>
  );
}
