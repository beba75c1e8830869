import { useTranslation } from "react-i18next";

import type { Invite } from "@/api/types";
import { classes } from "@/lib/classes";
import { formatDate } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Title } from "@/ui/Title";

import styles from "./members.module.css";

interface InviteRowProps {
  invite: Invite;
  busy: boolean;
  onRevoke: () => void;
}

export function InviteRow({ invite, busy, onRevoke }: InviteRowProps) {
  const { t, i18n } = useTranslation("members");
  const name = invite.label || t("invites.nameless");
  return (
    <>
      <div className={styles["terms"]}>
        <p className={styles["name"]}>
          <Title>{name}</Title>
        </p>
        <p className={styles["second"]}>
          {[
            t(`roles.${invite.role}`),
            t("invites.uses", { uses: invite.uses, max: invite.maxUses }),
            t("invites.until", { date: formatDate(invite.expiresAt, i18n.language) }),
            t("invites.by", { name: invite.createdBy.displayName }),
          ].join(" · ")}
        </p>
        <p className={classes(styles["lamp"], invite.state === "open" && styles["good"])}>
          {t(`invites.state.${invite.state}`)}
        </p>
      </div>
      <Button small disabled={busy} aria-label={t("invites.revokeOne", { name })} onClick={onRevoke}>
        {t("invites.revoke")}
      </Button>
    </>
  );
}
