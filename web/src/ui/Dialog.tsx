import * as Radix from "@radix-ui/react-dialog";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { classes } from "@/lib/classes";
import { findOpener } from "@/lib/opener";

import styles from "./Dialog.module.css";
import { IconButton } from "./IconButton";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** For forms of two columns. */
  wide?: boolean;
  children: ReactNode;
}

/**
 * A question or a short form over the page. Escape, a press outside and the cross close it, and focus goes back.
 * The veil is our own element: Radix's overlay would add a style element, which the Content-Security-Policy refuses.
 */
export function Dialog({ open, onClose, title, wide = false, children }: DialogProps) {
  const { t } = useTranslation();
  // Radix gives the focus back to a trigger of its own; these dialogs are opened from anywhere.
  const [opener] = useState(findOpener);
  const giveBack = (event: Event) => {
    if (opener === null || !opener.isConnected) return;
    event.preventDefault();
    opener.focus({ preventScroll: true });
  };
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div className={styles["veil"]}>
          <Radix.Content
            className={classes(styles["dialog"], wide && styles["wide"])}
            aria-describedby={undefined}
            onCloseAutoFocus={giveBack}
          >
            <div className={styles["head"]}>
              <Radix.Title>{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton icon="close" label={t("close")} />
              </Radix.Close>
            </div>
            {children}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
