import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { MemberUsage } from "@/api/types";
import { IconButton } from "@/ui/IconButton";
import { ProgressBar } from "@/ui/ProgressBar";

import styles from "./admin.module.css";
import { QuotaDialog } from "./QuotaDialog";
import { useAmounts } from "./useAmounts";

interface MemberStorageProps {
  members: readonly MemberUsage[];
  defaultQuota: number | null;
}

/** What each member has uploaded, and may upload. */
export function MemberStorage({ members, defaultQuota }: MemberStorageProps) {
  const { t } = useTranslation("admin");
  const { bytes, songs } = useAmounts();
  const [changed, setChanged] = useState<MemberUsage | null>(null);
  const limit = ({ quota, ownQuota }: MemberUsage) => {
    if (quota === null) return t(ownQuota ? "storage.unlimitedOwn" : "storage.noLimit");
    return t(ownQuota ? "storage.ofOwn" : "storage.ofDefault", { quota: bytes(quota) });
  };
  const share = ({ used, quota }: MemberUsage) =>
    quota === null ? 0 : quota === 0 ? 1 : Math.min(1, used / quota);
  return (
    <section className={styles["section"]} aria-label={t("storage.members")}>
      <h2>{t("storage.members")}</h2>
      <ul className={styles["rows"]} aria-label={t("storage.members")}>
        {members.map((member) => (
          <li key={member.id} className={styles["row"]}>
            <div className={styles["what"]}>
              <p className={styles["name"]}>{member.username}</p>
              <p className={styles["second"]}>{songs(member.songs)}</p>
            </div>
            <div className={styles["who"]}>
              <p>
                {bytes(member.used)} <span className="ink3">{limit(member)}</span>
              </p>
              {member.quota !== null && (
                <ProgressBar label={t("storage.usedBy", { name: member.username })} value={share(member)} />
              )}
            </div>
            <div className={styles["tools"]}>
              <IconButton
                icon="edit"
                label={t("quota.of", { name: member.username })}
                onClick={() => setChanged(member)}
              />
            </div>
          </li>
        ))}
      </ul>
      {changed !== null && (
        <QuotaDialog member={changed} defaultQuota={defaultQuota} onClose={() => setChanged(null)} />
      )}
    </section>
  );
}
