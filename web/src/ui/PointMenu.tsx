import * as Dropdown from "@radix-ui/react-dropdown-menu";
import { type ReactNode, useState } from "react";

import styles from "./Menu.module.css";

interface PointMenuProps {
  /** Where it opens, in the window. */
  point: { x: number; y: number };
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A menu at a point, as the right button opens it. When it closes, the focus goes back to what had it. */
export function PointMenu({ point, label, onClose, children }: PointMenuProps) {
  const [before] = useState(() => document.activeElement);
  const giveBack = (event: Event) => {
    event.preventDefault();
    // A dialog that an entry opened has taken the focus by now.
    if (document.activeElement !== document.body) return;
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
  return (
    <Dropdown.Root modal={false} open onOpenChange={(open) => !open && onClose()}>
      <Dropdown.Trigger asChild>
        <span aria-hidden="true" style={{ position: "fixed", left: point.x, top: point.y }} />
      </Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          className={styles["menu"]}
          aria-label={label}
          aria-labelledby={undefined}
          align="start"
          sideOffset={0}
          collisionPadding={8}
          loop
          onCloseAutoFocus={giveBack}
        >
          {children}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}
