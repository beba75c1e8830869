import * as Dropdown from "@radix-ui/react-dropdown-menu";
import type { ReactElement, ReactNode } from "react";

import styles from "./Menu.module.css";

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
  /** Opens as soon as it is in the page: for menus that are loaded by the press that opens them. */
  defaultOpen?: boolean;
}

/**
 * A menu below a button; fill it with MenuItem, MenuLink, MenuChoice, MenuLabel and MenuLine.
 * It is not modal: a modal one would add a style element, which the Content-Security-Policy refuses.
 */
export function Menu({ trigger, children, align = "end", defaultOpen = false }: MenuProps) {
  return (
    <Dropdown.Root modal={false} defaultOpen={defaultOpen}>
      <Dropdown.Trigger asChild>{trigger}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content className={styles["menu"]} align={align} sideOffset={6} collisionPadding={8} loop>
          {children}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}
