import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { disableFactor, factorQuery } from "@/api/security";
import { toasts } from "@/lib/toasts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";

import { FormFault } from "./FormFault";
import styles from "./SecurityPage.module.css";

/** Switches the second factor off, by a code of it. */
export function DisableDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["security", "common"]);
  const queries = useQueryClient();
  const [code, setCode] = useState("");
  const disable = useMutation({
    mutationFn: () => disableFactor(code),
    onSuccess: async () => {
      toasts.push(t("disable.done"));
      onClose();
      await queries.invalidateQueries(factorQuery);
    },
  });
  const error = disable.error instanceof ApiError ? disable.error : null;
  return (
    <Dialog open onClose={onClose} title={t("disable.title")}>
      <form
        className={styles["form"]}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!disable.isPending && code !== "") disable.mutate();
        }}
      >
        <p className="ink2">{t("disable.about")}</p>
        <Field
          label={t("disable.code")}
          hint={t("disable.hint")}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          autoFocus
          value={code}
          fault={error?.fault("code") === undefined ? undefined : t("disable.wrong")}
          onChange={(event) => setCode(event.target.value)}
        />
        <FormFault error={disable.error} />
        <div className={styles["answers"]}>
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" type="submit" disabled={disable.isPending || code === ""}>
            {t("disable.submit")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
