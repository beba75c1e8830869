import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ApiKey } from "@/api/types";
import { formatDate } from "@/lib/format";
import { formatSince } from "@/lib/since";
import { Button } from "@/ui/Button";
import { Title } from "@/ui/Title";

import styles from "./SecurityPage.module.css";

interface ApiKeyRowProps {
  apiKey: ApiKey;
  busy: boolean;
  onDelete: () => void;
}

/** A key by its first characters, and what became of it. Deleting takes a second press, as it cannot be undone. */
export function ApiKeyRow({ apiKey, busy, onDelete }: ApiKeyRowProps) {
  const { t, i18n } = useTranslation(["security", "common"]);
  const [sure, setSure] = useState(false);
  const ended = apiKey.expiresAt !== null && new Date(apiKey.expiresAt) <= new Date();
  const facts = [
    t(`keys.${apiKey.scope}`),
    apiKey.lastUsedAt === null
      ? t("keys.never")
      : t("keys.used", { when: formatSince(apiKey.lastUsedAt, i18n.language) }),
    apiKey.expiresAt === null
      ? t("keys.forever")
      : t(ended ? "keys.ended" : "keys.until", { date: formatDate(apiKey.expiresAt, i18n.language) }),
  ];
  return (
    <div className={styles["key"]}>
      <div className={styles["keyText"]}>
        <p className={styles["keyName"]}>
          <Title>{apiKey.name}</Title>
          <code dir="ltr">{apiKey.prefix}…</code>
        </p>
        <p className={ended ? styles["few"] : styles["hint"]}>{facts.join(" · ")}</p>
      </div>
      {sure ? (
        <span className={styles["actions"]}>
          <Button small kind="quiet" autoFocus onClick={() => setSure(false)}>
            {t("common:cancel")}
          </Button>
          <Button small icon="trash" disabled={busy} onClick={onDelete}>
            {t("keys.sure")}
          </Button>
        </span>
      ) : (
        <Button small aria-label={t("keys.deleteOne", { name: apiKey.name })} onClick={() => setSure(true)}>
          {t("keys.delete")}
        </Button>
      )}
    </div>
  );
}
