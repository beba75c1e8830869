import { useTranslation } from "react-i18next";

import { endMemberSessions } from "@/api/members";
import type { Member } from "@/api/types";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";

import styles from "./dialog.module.css";
import { Fault } from "./Fault";
import { useMemberAct } from "./useMemberAct";

/** At how many places the member is signed in, and the way to end all of it. */
export function MemberSessions({ member }: { member: Member }) {
  const { t } = useTranslation("members");
  const end = useMemberAct(
    () => endMemberSessions(member.id),
    (count) => toasts.push(t("sessions.ended", { count })),
  );
  return (
    <div className={styles["part"]}>
      <h3>{t("sessions.title")}</h3>
      <div className={styles["line"]}>
        <span className="ink2">{t("sessions.count", { count: member.sessions })}</span>
        <Button small disabled={end.isPending || member.sessions === 0} onClick={() => end.mutate(undefined)}>
          {t("sessions.end")}
        </Button>
      </div>
      <Fault error={end.error} />
    </div>
  );
}
