import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { confirmSession } from "@/api/account";
import { ApiError, UNREACHABLE } from "@/api/error";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";

import styles from "./ConfirmDialog.module.css";

/** Asks for the password, and for a code where there is a second factor, before something dangerous goes on. */
export function ConfirmDialog({ onSettled }: { onSettled: (confirmed: boolean) => void }) {
  const { t } = useTranslation(["confirm", "common"]);
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const confirm = useMutation({
    mutationFn: () => confirmSession(needsCode ? { password, totp } : { password }),
    onSuccess: () => onSettled(true),
    onError: (cause) => cause instanceof ApiError && cause.code === "totp_required" && setNeedsCode(true),
  });
  const error = confirm.error instanceof ApiError ? confirm.error : null;
  const asks = error?.code === "totp_required" && totp === "";
  return (
    <Dialog open onClose={() => onSettled(false)} title={t("title")}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!confirm.isPending) confirm.mutate();
        }}
      >
        <p className={styles["about"]}>{t("about")}</p>
        <div className={styles["fields"]}>
          <PasswordField
            label={t("password")}
            autoComplete="current-password"
            autoFocus
            value={password}
            fault={error?.fault("password")}
            onChange={(event) => setPassword(event.target.value)}
          />
          {needsCode && (
            <Field
              label={t("code")}
              hint={t("codeHint")}
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              value={totp}
              fault={asks ? undefined : error?.fault("totp")}
              onChange={(event) => setTotp(event.target.value)}
            />
          )}
        </div>
        <ConfirmFault error={confirm.error} />
        <div className={styles["actions"]}>
          <Button onClick={() => onSettled(false)}>{t("common:cancel")}</Button>
          <Button kind="primary" type="submit" disabled={confirm.isPending || password === ""}>
            {t("submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What is wrong beside the fields. */
function ConfirmFault({ error }: { error: Error | null }) {
  const { t } = useTranslation(["confirm", "common"]);
  const known = error instanceof ApiError ? error : null;
  if (error === null || (known !== null && known.details.length > 0)) return null;
  if (known?.status === 429) return <Fault text={t("tooMany")} />;
  if (known?.code === UNREACHABLE) return <Fault text={t("common:error.unreachable")} />;
  return <Fault text={known?.message || t("common:error.generic")} />;
}

function Fault({ text }: { text: string }) {
  return (
    <p className={styles["fault"]} role="alert">
      {text}
    </p>
  );
}
