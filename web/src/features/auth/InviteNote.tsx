import { useTranslation } from "react-i18next";

import { Icon } from "@/ui/Icon";

import styles from "./AuthFrame.module.css";
import { inviteFault, type useInvite } from "./useInvite";

/** Who invites, or why the invitation in the address does not work. */
export function InviteNote({ good, error, checking }: ReturnType<typeof useInvite>) {
  const { t } = useTranslation(["auth", "common"]);
  const fault = inviteFault(t, error);
  return (
    <div role="status">
      {checking && <p className="ink3">{t("signUp.checking")}</p>}
      {good !== undefined && (
        <p className={styles["invited"]}>
          <Icon name="people" />
          {t(good.role === "admin" ? "signUp.invitedAdmin" : "signUp.invited", { name: good.invitedBy })}
        </p>
      )}
      {fault !== undefined && (
        <p className={styles["fault"]}>
          <Icon name="warning" />
          {fault}
        </p>
      )}
    </div>
  );
}
