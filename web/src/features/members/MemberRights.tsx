import { useTranslation } from "react-i18next";

import { changeMember } from "@/api/members";
import type { Member, MemberChange } from "@/api/types";
import { toasts } from "@/lib/toasts";
import { Segment } from "@/ui/Segment";
import { Switch } from "@/ui/Switch";

import styles from "./dialog.module.css";
import { Fault } from "./Fault";
import { useMemberAct } from "./useMemberAct";

/** The role, and whether the member may come in at all. Both take effect at once. */
export function MemberRights({ member }: { member: Member }) {
  const { t } = useTranslation("members");
  const change = useMemberAct(
    (body: MemberChange) => changeMember(member.id, body),
    () => toasts.push(t("change.done")),
  );
  return (
    <div className={styles["part"]}>
      <div className={styles["line"]}>
        <h3>{t("change.role")}</h3>
        <Segment
          label={t("change.role")}
          value={member.role}
          options={[
            { value: "member", label: t("roles.member") },
            { value: "admin", label: t("roles.admin") },
          ]}
          onChange={(role) => change.mutate({ role })}
        />
      </div>
      <p className={styles["hint"]}>{t("change.roleHint")}</p>
      <Switch
        label={t("change.out")}
        hint={t("change.outHint")}
        checked={member.disabled}
        onChange={(disabled) => change.mutate({ disabled })}
      />
      <Fault error={change.error} />
    </div>
  );
}
