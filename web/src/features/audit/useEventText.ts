import { useTranslation } from "react-i18next";

import type { AuditEvent } from "@/api/types";
import { readUserAgent } from "@/lib/userAgent";

const KNOWN = [
  "session_start",
  "session_end",
  "session_reuse",
  "account_register",
  "account_password",
  "account_export",
  "account_delete",
  "user_create",
  "user_rename",
  "user_role",
  "user_disable",
  "user_enable",
  "user_password",
  "user_sessions",
  "invite_create",
  "invite_revoke",
  "session_confirm",
  "factor_enable",
  "factor_disable",
  "factor_codes",
  "factor_recovery",
  "user_factor",
  "user_quota",
  "key_create",
  "key_delete",
  "library_create",
  "library_rename",
  "library_open",
  "library_close",
  "library_grant",
  "library_delete",
  "library_clean",
] as const;

/** Details that have words of their own, by name and value. */
const DETAILS = [
  "role_admin",
  "role_member",
  "to_admin",
  "to_member",
  "reason_password",
  "reason_disabled",
  "uploads_keep",
  "uploads_delete",
  "reason_factor",
  "scope_read",
  "scope_write",
  "open_true",
  "open_false",
  "songs_keep",
  "songs_delete",
  "quota_default",
  "quota_unlimited",
] as const;

/** Details whose value stands in a text of their own. */
const NAMED = ["from", "left", "members", "quota"] as const;

/** Details that say nothing the rest of the line does not, by action. */
const SILENT: Partial<Record<string, string>> = { "user.role": "from", "invite.create": "maxUses" };

/** An event in the reader's words. An action without a text of its own goes by its name. */
export function useEventText() {
  const { t } = useTranslation("audit");
  return {
    does: ({ action }: AuditEvent): string => {
      const known = KNOWN.find((name) => name === action.replace(".", "_"));
      return known === undefined ? action : t(`does.${known}`);
    },
    actor: ({ actor, ip }: AuditEvent): string => {
      if (actor === undefined) return ip === "" ? t("system") : t("stranger");
      return actor.name || t("forgotten", { id: actor.id });
    },
    target: ({ target, actor }: AuditEvent): string => {
      if (target === undefined || (target.kind === "session" && target.name === "")) return "";
      if (target.kind === "user" && target.id === actor?.id) return "";
      if (target.kind === "user") return target.name || t("forgotten", { id: target.id });
      return target.name || `${target.kind} ${target.id ?? ""}`;
    },
    device: ({ userAgent }: AuditEvent): string => {
      const { browser, system } = readUserAgent(userAgent);
      return browser !== "" && system !== "" ? t("sessions.on", { browser, system }) : browser || system;
    },
    detail: ({ action, detail }: AuditEvent): string =>
      Object.entries(detail)
        .filter(([name]) => SILENT[action] !== name)
        .map(([name, value]) => {
          const known = DETAILS.find((word) => word === `${name}_${value}`);
          if (known !== undefined) return t(`detail.${known}`);
          const named = NAMED.find((word) => word === name);
          return named === undefined ? `${name}: ${value}` : t(`named.${named}`, { value });
        })
        .join(" · "),
  };
}
