import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { createInvite, invitesQuery } from "@/api/invites";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Segment } from "@/ui/Segment";
import { Select } from "@/ui/Select";

import styles from "./dialog.module.css";
import { Fault } from "./Fault";
import { InviteLibraries } from "./InviteLibraries";
import { InviteLink } from "./InviteLink";

const DAYS = ["1", "7", "30", "90"] as const;
const DAY_MS = 86_400_000;
/** What is left to the way there, so that the longest invitation is not longer than allowed. */
const MARGIN_MS = 60_000;

/** Makes an invitation, and then shows its link. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["members", "common"]);
  const queries = useQueryClient();
  const [label, setLabel] = useState("");
  const [role, setRole] = useState<"member" | "admin">("member");
  const [days, setDays] = useState<(typeof DAYS)[number]>("7");
  const [uses, setUses] = useState("1");
  const [libraries, setLibraries] = useState<ReadonlySet<number>>(new Set());
  const make = useMutation({
    mutationFn: createInvite,
    onSuccess: () => queries.invalidateQueries(invitesQuery),
  });
  const error = make.error instanceof ApiError ? make.error : null;
  if (make.data !== undefined) return <InviteLink made={make.data} onClose={onClose} />;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending) return;
    const expiresAt = new Date(Date.now() + Number(days) * DAY_MS - MARGIN_MS).toISOString();
    make.mutate({ label: label.trim(), role, expiresAt, maxUses: Number(uses), libraries: [...libraries] });
  };
  return (
    <Dialog open onClose={onClose} title={t("new.title")}>
      <form className={styles["form"]} noValidate onSubmit={send}>
        <Field
          label={t("new.label")}
          hint={t("new.labelHint")}
          autoFocus
          maxLength={100}
          value={label}
          fault={error?.fault("label")}
          onChange={(event) => setLabel(event.target.value)}
        />
        <div className={styles["fields"]}>
          <div className={styles["label"]}>
            {t("new.role")}
            <Segment
              label={t("new.role")}
              value={role}
              options={[
                { value: "member", label: t("roles.member") },
                { value: "admin", label: t("roles.admin") },
              ]}
              onChange={setRole}
            />
          </div>
          <div className={styles["label"]}>
            {t("new.days")}
            <Select
              label={t("new.days")}
              value={days}
              options={DAYS.map((value) => ({ value, label: t("new.day", { count: Number(value) }) }))}
              onChange={setDays}
            />
          </div>
        </div>
        <Field
          label={t("new.uses")}
          type="number"
          min={1}
          max={100}
          inputMode="numeric"
          value={uses}
          fault={error?.fault("maxUses")}
          onChange={(event) => setUses(event.target.value)}
        />
        <InviteLibraries chosen={libraries} onChange={setLibraries} />
        <Fault error={make.error} />
        <div className={styles["actions"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" type="submit" disabled={make.isPending}>
            {t("new.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
