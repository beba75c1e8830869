import { useTranslation } from "react-i18next";

import type { Session } from "@/api/types";
import { formatDate } from "@/lib/format";
import { formatSince } from "@/lib/since";
import { readUserAgent } from "@/lib/userAgent";
import { Button } from "@/ui/Button";

import styles from "./SessionRow.module.css";

interface SessionRowProps {
  session: Session;
  busy: boolean;
  onEnd: () => void;
}

export function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const { t, i18n } = useTranslation("profile");
  const { browser, system } = readUserAgent(session.userAgent);
  const name =
    browser !== "" && system !== ""
      ? t("sessions.on", { browser, system })
      : browser || system || t("sessions.unknown");
  return (
    <div className={styles["row"]}>
      <div className={styles["text"]}>
        <p className={styles["name"]} title={session.userAgent}>
          {name}
          {session.current && <span className={styles["here"]}>{t("sessions.here")}</span>}
        </p>
        <p className={styles["second"]}>
          {session.ip} ·{" "}
          {session.current
            ? t("sessions.since", { date: formatDate(session.createdAt, i18n.language) })
            : t("sessions.seen", { when: formatSince(session.lastSeenAt, i18n.language) })}
        </p>
      </div>
      {!session.current && (
        <Button small disabled={busy} aria-label={t("sessions.endOne", { name })} onClick={onEnd}>
          {t("sessions.end")}
        </Button>
      )}
    </div>
  );
}
