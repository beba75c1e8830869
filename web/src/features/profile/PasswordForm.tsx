import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { changePassword, sessionsQuery } from "@/api/account";
import { ApiError } from "@/api/error";
import { PasswordField } from "@/ui/PasswordField";

import { FormEnd } from "./FormEnd";
import styles from "./ProfilePage.module.css";
import { Section } from "./Section";

const EMPTY = { currentPassword: "", newPassword: "" };

export function PasswordForm() {
  const { t } = useTranslation("profile");
  const [form, setForm] = useState(EMPTY);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => changePassword(form),
    onSuccess: async () => {
      setForm(EMPTY);
      await queries.invalidateQueries(sessionsQuery);
    },
  });
  const error = change.error instanceof ApiError ? change.error : null;
  const field = (name: keyof typeof form) => ({
    value: form[name],
    fault: error?.fault(name),
    onChange: (event: { target: { value: string } }) => {
      if (change.isSuccess) change.reset();
      setForm({ ...form, [name]: event.target.value });
    },
  });
  return (
    <Section title={t("password.title")} about={t("password.about")}>
      <form
        className={styles["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!change.isPending) change.mutate();
        }}
      >
        <PasswordField
          label={t("password.current")}
          autoComplete="current-password"
          {...field("currentPassword")}
        />
        <PasswordField
          label={t("password.new")}
          hint={t("password.hint")}
          autoComplete="new-password"
          {...field("newPassword")}
        />
        <FormEnd
          label={t("password.change")}
          busy={change.isPending}
          error={change.error}
          done={change.isSuccess ? t("password.done") : null}
        />
      </form>
    </Section>
  );
}
