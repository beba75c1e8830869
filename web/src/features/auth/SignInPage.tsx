import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { signIn } from "@/api/session";
import { useTitle } from "@/hooks/useTitle";
import { Field } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";

import { AuthFrame } from "./AuthFrame";
import { authFault } from "./authFault";
import { useEnter } from "./useEnter";

export function SignInPage() {
  const { t } = useTranslation(["auth", "common"]);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const [needsTotp, setNeedsTotp] = useState(false);
  const enter = useEnter(signIn);
  const error = enter.error instanceof ApiError ? enter.error : null;
  useTitle(t("signIn.title"));

  const submit = () =>
    enter.mutate(needsTotp ? { username, password, totp } : { username, password }, {
      onError: (cause) => cause instanceof ApiError && cause.code === "totp_required" && setNeedsTotp(true),
    });

  return (
    <AuthFrame
      title={t("signIn.title")}
      submit={t("signIn.submit")}
      busy={enter.isPending}
      fault={authFault(t, enter.error, { 401: t("signIn.wrong"), 403: t("signIn.disabled") })}
      onSubmit={submit}
      footer={
        <>
          {t("signIn.other")}{" "}
          <Link to="/sign-up" search={(kept) => kept} className="link">
            {t("signIn.otherLink")}
          </Link>
        </>
      }
    >
      <Field
        label={t("signIn.username")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={username}
        fault={error?.fault("username")}
        onChange={(event) => setUsername(event.target.value)}
      />
      <PasswordField
        label={t("signIn.password")}
        autoComplete="current-password"
        value={password}
        fault={error?.fault("password")}
        onChange={(event) => setPassword(event.target.value)}
      />
      {needsTotp && (
        <Field
          label={t("signIn.totp")}
          hint={t("signIn.totpHint")}
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          value={totp}
          fault={error?.fault("totp")}
          onChange={(event) => setTotp(event.target.value)}
        />
      )}
    </AuthFrame>
  );
}
