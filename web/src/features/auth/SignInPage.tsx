import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { signIn } from "@/api/session";
import { useTitle } from "@/hooks/useTitle";
import { Field } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";

import { AuthFrame } from "./AuthFrame";
import { authFault } from "./authFault";
import { useEnter } from "./useEnter";

// Few have a second factor; its step comes when the server asks for it.
const CodeStep = lazy(() => import("./CodeStep").then((module) => ({ default: module.CodeStep })));

export function SignInPage() {
  const { t } = useTranslation(["auth", "common"]);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const [needsTotp, setNeedsTotp] = useState(false);
  const enter = useEnter(signIn);
  const error = enter.error instanceof ApiError ? enter.error : null;
  useTitle(t("signIn.title"));

  const submit = (code = totp) => {
    if (enter.isPending || (needsTotp && code === "")) return;
    enter.mutate(needsTotp ? { username, password, totp: code } : { username, password }, {
      onError: (cause) => {
        if (!(cause instanceof ApiError)) return;
        if (cause.code === "totp_required") setNeedsTotp(true);
        if (cause.code === "invalid_credentials") setNeedsTotp(false);
      },
    });
  };

  return (
    <AuthFrame
      title={t(needsTotp ? "signIn.second" : "signIn.title")}
      submit={t("signIn.submit")}
      busy={enter.isPending}
      fault={authFault(t, enter.error, { 401: t("signIn.wrong"), 403: t("signIn.disabled") })}
      onSubmit={() => submit()}
      footer={
        needsTotp ? (
          <button type="button" className="link" onClick={() => setNeedsTotp(false)}>
            {t("signIn.asSomebodyElse")}
          </button>
        ) : (
          <>
            {t("signIn.other")}{" "}
            <Link to="/sign-up" search={(kept) => kept} className="link">
              {t("signIn.otherLink")}
            </Link>
          </>
        )
      }
    >
      {needsTotp ? (
        <Suspense>
          <CodeStep
            value={totp}
            wrong={error?.code === "totp_invalid"}
            onChange={(code) => {
              setTotp(code);
              if (enter.isError) enter.reset();
            }}
            onWhole={submit}
          />
        </Suspense>
      ) : (
        <>
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
        </>
      )}
    </AuthFrame>
  );
}
