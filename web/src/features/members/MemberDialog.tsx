import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Member } from "@/api/types";
import { formatDate } from "@/lib/format";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { DeleteMember } from "./DeleteMember";
import styles from "./dialog.module.css";
import { MemberFactor } from "./MemberFactor";
import { MemberPassword } from "./MemberPassword";
import { MemberRights } from "./MemberRights";
import { MemberSessions } from "./MemberSessions";
import { RemoveFactor } from "./RemoveFactor";

interface MemberDialogProps {
  member: Member;
  onClose: () => void;
}

/** What an admin may do about somebody's account. */
export function MemberDialog({ member, onClose }: MemberDialogProps) {
  const { t, i18n } = useTranslation("members");
  const [leaving, setLeaving] = useState(false);
  const [freeing, setFreeing] = useState(false);
  if (leaving) return <DeleteMember member={member} onClose={onClose} />;
  if (freeing) return <RemoveFactor member={member} onClose={() => setFreeing(false)} />;
  const { username, email, createdAt } = member;
  return (
    <Dialog open onClose={onClose} title={member.displayName}>
      <p className={styles["about"]}>
        {t("about", { username, email, date: formatDate(createdAt, i18n.language) })}
      </p>
      <MemberRights member={member} />
      <MemberSessions member={member} />
      <MemberFactor member={member} onRemove={() => setFreeing(true)} />
      <MemberPassword member={member} />
      <div className={styles["part"]}>
        <div className={styles["line"]}>
          <Button icon="trash" onClick={() => setLeaving(true)}>
            {t("delete.open")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
