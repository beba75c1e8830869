import { useTranslation } from "react-i18next";

import { removeMemberFactor } from "@/api/members";
import type { Member } from "@/api/types";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import styles from "./dialog.module.css";
import { Fault } from "./Fault";
import { useMemberAct } from "./useMemberAct";

interface RemoveFactorProps {
  member: Member;
  onClose: () => void;
}

/** Asks before somebody's second factor is taken away. */
export function RemoveFactor({ member, onClose }: RemoveFactorProps) {
  const { t } = useTranslation(["members", "common"]);
  const name = member.displayName;
  const remove = useMemberAct(
    () => removeMemberFactor(member.id),
    () => {
      toasts.push(t("factor.done", { name }));
      onClose();
    },
  );
  return (
    <Dialog open onClose={onClose} title={t("factor.ask", { name })}>
      <div className={styles["form"]}>
        <p className={styles["about"]}>{t("factor.about")}</p>
        <Fault error={remove.error} />
        <div className={styles["actions"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" disabled={remove.isPending} onClick={() => remove.mutate(undefined)}>
            {t("factor.remove")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
