import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { signUp } from "@/api/session";
import { useTitle } from "@/hooks/useTitle";
import { Field } from "@/ui/Field";
import { PasswordField } from "@/ui/PasswordField";

import { AuthFrame } from "./AuthFrame";
import { authFault } from "./authFault";
import { InviteNote } from "./InviteNote";
import { useEnter } from "./useEnter";
import { inviteFault, useInvite } from "./useInvite";

export function SignUpPage() {
  const { t } = useTranslation(["auth", "common"]);
  const [form, setForm] = useState({ username: "", email: "", displayName: "", password: "" });
  const invitation = useInvite();
  const enter = useEnter(signUp);
  const error = enter.error instanceof ApiError ? enter.error : null;
  useTitle(t("signUp.title"));

  const field = (name: keyof typeof form) => ({
    value: form[name],
    fault: error?.fault(name),
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  const submit = () => {
    const { displayName, ...needed } = form;
    enter.mutate({
      ...needed,
      ...(displayName.trim() !== "" && { displayName }),
      ...(invitation.invite !== "" && { invite: invitation.invite }),
    });
  };
  const refused =
    inviteFault(t, enter.error) ??
    t(error?.code === "invite_required" ? "signUp.inviteOnly" : "signUp.closed");

  return (
    <AuthFrame
      title={t("signUp.title")}
      submit={t("signUp.submit")}
      busy={enter.isPending}
      fault={authFault(t, enter.error, { 403: refused, 409: t("signUp.taken") })}
      onSubmit={submit}
      footer={
        <>
          {t("signUp.other")}{" "}
          <Link to="/sign-in" search={(kept) => kept} className="link">
            {t("signUp.otherLink")}
          </Link>
        </>
      }
    >
      <InviteNote {...invitation} />
      <Field
        label={t("signUp.username")}
        hint={t("signUp.usernameHint")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        {...field("username")}
      />
      <Field label={t("signUp.email")} type="email" autoComplete="email" {...field("email")} />
      <Field label={t("signUp.displayName")} autoComplete="name" {...field("displayName")} />
      <PasswordField
        label={t("signUp.password")}
        hint={t("signUp.passwordHint")}
        autoComplete="new-password"
        {...field("password")}
      />
    </AuthFrame>
  );
}
