import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MadeInvite } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import styles from "./dialog.module.css";

interface InviteLinkProps {
  made: MadeInvite;
  onClose: () => void;
}

/** Shows the link of a new invitation, once. */
export function InviteLink({ made, onClose }: InviteLinkProps) {
  const { t } = useTranslation("members");
  const [copied, setCopied] = useState(false);
  const link = new URL(made.link, window.location.origin).href;
  const copy = () =>
    // Plain http has no clipboard; there the link is copied by hand.
    void navigator.clipboard?.writeText(link).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Dialog open onClose={onClose} title={t("new.madeTitle")}>
      <div className={styles["form"]}>
        <p className={styles["about"]}>{t("new.madeHint")}</p>
        <p className={styles["link"]} aria-label={t("new.link")}>
          {link}
        </p>
        <div className={styles["actions"]}>
          {"clipboard" in navigator && (
            <Button {...(copied && { icon: "check" as const })} onClick={copy}>
              <span role="status">{copied ? t("new.copied") : t("new.copy")}</span>
            </Button>
          )}
          <Button kind="primary" onClick={onClose}>
            {t("new.done")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
