import { useTranslation } from "react-i18next";

import type { HouseSession } from "@/api/types";
import { formatSince } from "@/lib/since";
import { readUserAgent } from "@/lib/userAgent";
import { Button } from "@/ui/Button";
import { Title } from "@/ui/Title";

import styles from "./audit.module.css";

interface HouseSessionRowProps {
  session: HouseSession;
  busy: boolean;
  onEnd: () => void;
}

export function HouseSessionRow({ session, busy, onEnd }: HouseSessionRowProps) {
  const { t, i18n } = useTranslation("audit");
  const { browser, system } = readUserAgent(session.userAgent);
  const device =
    browser !== "" && system !== ""
      ? t("sessions.on", { browser, system })
      : browser || system || t("sessions.unknown");
  const name = session.user.displayName;
  return (
    <>
      <div className={styles["text"]}>
        <p className={styles["what"]}>
          <Title>{name}</Title>
        </p>
        <p className={styles["second"]} title={session.userAgent}>
          {device} · {session.ip} ·{" "}
          {session.current
            ? t("sessions.here")
            : t("sessions.seen", { when: formatSince(session.lastSeenAt, i18n.language) })}
        </p>
      </div>
      {!session.current && (
        <Button small disabled={busy} aria-label={t("sessions.endOne", { name })} onClick={onEnd}>
          {t("sessions.end")}
        </Button>
      )}
    </>
  );
}
