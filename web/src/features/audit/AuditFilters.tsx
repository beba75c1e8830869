import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { AuditFilter } from "@/api/audit";
import { membersQuery } from "@/api/members";
import { Select } from "@/ui/Select";

import styles from "./audit.module.css";

const GROUPS = ["session", "account", "user", "invite", "key", "factor", "library"] as const;

interface AuditFiltersProps {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
  /** How many events there are, once that is known. */
  total: number | undefined;
}

export function AuditFilters({ filter, onChange, total }: AuditFiltersProps) {
  const { t } = useTranslation("audit");
  const { data } = useInfiniteQuery(membersQuery(""));
  const members = data?.pages.flatMap(({ users }) => users) ?? [];
  return (
    <div className={styles["filters"]}>
      <Labelled label={t("filter.what")}>
        <Select
          label={t("filter.what")}
          value={filter.action}
          options={[
            { value: "", label: t("filter.all") },
            ...GROUPS.map((value) => ({ value, label: t(`group.${value}`) })),
          ]}
          onChange={(action) => onChange({ ...filter, action })}
        />
      </Labelled>
      <Labelled label={t("filter.who")}>
        <Select
          label={t("filter.who")}
          value={filter.user}
          options={[
            { value: "", label: t("filter.anybody") },
            ...members.map(({ id, username }) => ({ value: String(id), label: username })),
          ]}
          onChange={(user) => onChange({ ...filter, user })}
        />
      </Labelled>
      <Labelled label={t("filter.from")}>
        <input
          type="date"
          aria-label={t("filter.from")}
          value={filter.from}
          onChange={(event) => onChange({ ...filter, from: event.target.value })}
        />
      </Labelled>
      <Labelled label={t("filter.to")}>
        <input
          type="date"
          aria-label={t("filter.to")}
          value={filter.to}
          onChange={(event) => onChange({ ...filter, to: event.target.value })}
        />
      </Labelled>
      {total !== undefined && (
        <p className={styles["total"]} role="status">
          {t("total", { count: total })}
        </p>
      )}
    </div>
  );
}

/** A word above a control that names itself. */
function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles["filter"]}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}
