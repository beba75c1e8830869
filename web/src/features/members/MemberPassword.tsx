import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { setMemberPassword } from "@/api/members";
import type { Member } from "@/api/types";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { PasswordField } from "@/ui/PasswordField";

import styles from "./dialog.module.css";
import { Fault } from "./Fault";
import { useMemberAct } from "./useMemberAct";

/** Gives the member another password, for somebody who has lost the old one. */
export function MemberPassword({ member }: { member: Member }) {
  const { t } = useTranslation("members");
  const [password, setPassword] = useState("");
  const set = useMemberAct(
    (text: string) => setMemberPassword(member.id, text),
    () => {
      setPassword("");
      toasts.push(t("password.done"));
    },
  );
  const fault = set.error instanceof ApiError ? set.error.fault("password") : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!set.isPending && password !== "") set.mutate(password);
  };
  return (
    <form className={styles["part"]} noValidate onSubmit={send}>
      <h3>{t("password.title")}</h3>
      <PasswordField
        label={t("password.new")}
        hint={t("password.hint")}
        autoComplete="off"
        value={password}
        fault={fault}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Fault error={set.error} />
      <div className={styles["line"]}>
        <Button small type="submit" disabled={set.isPending || password === ""}>
          {t("password.set")}
        </Button>
      </div>
    </form>
  );
}
