import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { updateProfile } from "@/api/account";
import { ApiError } from "@/api/error";
import { sessionQuery } from "@/api/session";
import type { User } from "@/api/types";
import { Field } from "@/ui/Field";

import { FormEnd } from "./FormEnd";
import styles from "./ProfilePage.module.css";
import { Section } from "./Section";

/** The name and the picture that others see. */
export function NameForm({ user }: { user: User }) {
  const { t } = useTranslation(["profile", "common"]);
  const [form, setForm] = useState({ displayName: user.displayName, avatarUrl: user.avatarUrl ?? "" });
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => {
      const avatarUrl = form.avatarUrl.trim();
      return updateProfile({ displayName: form.displayName, avatarUrl: avatarUrl === "" ? null : avatarUrl });
    },
    onSuccess: (saved) => queries.setQueryData(sessionQuery.queryKey, saved),
  });
  const error = save.error instanceof ApiError ? save.error : null;
  const field = (name: keyof typeof form) => ({
    value: form[name],
    fault: error?.fault(name),
    onChange: (event: { target: { value: string } }) => {
      save.reset();
      setForm({ ...form, [name]: event.target.value });
    },
  });
  return (
    <Section title={t("name.title")} about={t("name.about")}>
      <form
        className={styles["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending) save.mutate();
        }}
      >
        <Field
          label={t("name.label")}
          dir="auto"
          maxLength={100}
          autoComplete="name"
          {...field("displayName")}
        />
        <Field
          label={t("name.avatar")}
          hint={t("name.avatarHint")}
          type="url"
          dir="ltr"
          autoComplete="off"
          {...field("avatarUrl")}
        />
        <FormEnd
          label={t("common:save")}
          busy={save.isPending}
          error={save.error}
          done={save.isSuccess ? t("saved") : null}
        />
      </form>
    </Section>
  );
}
