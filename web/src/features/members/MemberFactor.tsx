import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { sessionQuery } from "@/api/session";
import type { Member } from "@/api/types";
import { Button } from "@/ui/Button";

import styles from "./dialog.module.css";

interface MemberFactorProps {
  member: Member;
  onRemove: () => void;
}

/** Whether the member has a second factor. The own one is switched off on the own page, by a code. */
export function MemberFactor({ member, onRemove }: MemberFactorProps) {
  const { t } = useTranslation("members");
  const { data: me } = useQuery(sessionQuery);
  return (
    <div className={styles["part"]}>
      <h3>{t("factor.title")}</h3>
      <div className={styles["line"]}>
        <span className="ink2">{t(member.hasFactor ? "factor.on" : "factor.off")}</span>
        {member.hasFactor && me?.id !== member.id && (
          <Button small onClick={onRemove}>
            {t("factor.open")}
          </Button>
        )}
      </div>
    </div>
  );
}
