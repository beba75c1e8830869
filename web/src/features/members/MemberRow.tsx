import { useTranslation } from "react-i18next";

import type { Member } from "@/api/types";
import { useSession } from "@/hooks/useSession";
import { classes } from "@/lib/classes";
import { formatBytes } from "@/lib/format";
import { formatSince } from "@/lib/since";
import { Avatar } from "@/ui/Avatar";
import { Title } from "@/ui/Title";

import styles from "./members.module.css";

interface MemberRowProps {
  member: Member;
  onOpen: () => void;
}

/** A member in the list; a press opens what an admin may do. */
export function MemberRow({ member, onOpen }: MemberRowProps) {
  const { t, i18n } = useTranslation("members");
  const me = useSession();
  const { displayName, username, email, role, lastSeenAt, stored } = member;
  return (
    <button type="button" className={styles["row"]} onClick={onOpen}>
      <Avatar name={displayName} url={member.avatarUrl} />
      <span className={styles["who"]}>
        <span className={styles["name"]}>
          <Title>{displayName}</Title>
        </span>
        {me?.id === member.id && <span className="ink3"> ({t("you")})</span>}
        <br />
        <span className={styles["second"]}>
          {username} · {email}
        </span>
      </span>
      <span className={styles["wide"]}>{t(`roles.${role}`)}</span>
      <Lamp member={member} />
      <span className={classes(styles["wide"], "ink2")}>
        {lastSeenAt === null ? t("never") : formatSince(lastSeenAt, i18n.language)}
      </span>
      <span className={classes(styles["wide"], styles["number"], "ink2")}>
        {formatBytes(stored, i18n.language)}
      </span>
    </button>
  );
}

function Lamp({ member }: { member: Member }) {
  const { t } = useTranslation("members");
  const state = member.disabled ? "disabled" : member.sessions > 0 ? "in" : "out";
  const look = { disabled: styles["bad"], in: styles["good"], out: undefined }[state];
  return <span className={classes(styles["lamp"], look)}>{t(`lamp.${state}`)}</span>;
}
