import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sessionsQuery } from "@/api/account";
import { ApiError } from "@/api/error";
import { enableFactor, factorQuery } from "@/api/security";
import type { FactorSetup as Setup } from "@/api/types";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";

import { CopyButton } from "./CopyButton";
import { FormFault } from "./FormFault";
import { QrImage } from "./QrImage";
import styles from "./SecurityPage.module.css";

interface FactorSetupProps {
  setup: Setup;
  onCodes: (codes: readonly string[]) => void;
  onCancel: () => void;
}

/** The secret for the app, as a picture and as text, and the first code of it. */
export function FactorSetup({ setup, onCodes, onCancel }: FactorSetupProps) {
  const { t } = useTranslation(["security", "common"]);
  const queries = useQueryClient();
  const [code, setCode] = useState("");
  const [endOthers, setEndOthers] = useState(true);
  const enable = useMutation({
    mutationFn: () => enableFactor({ code, endOthers }),
    onSuccess: async (codes) => {
      onCodes(codes);
      queries.setQueryData(factorQuery.queryKey, (known) =>
        known === undefined ? known : { ...known, enabled: true, recoveryCodesLeft: codes.length },
      );
      await queries.invalidateQueries(sessionsQuery);
    },
  });
  const error = enable.error instanceof ApiError ? enable.error : null;
  return (
    <form
      className={styles["setup"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!enable.isPending && code !== "") enable.mutate();
      }}
    >
      <QrImage code={setup.qr} label={t("setup.qr")} />
      <ol className={styles["steps"]}>
        <li>
          <p>{t("setup.scan")}</p>
          <div className={styles["secret"]}>
            <code dir="ltr" data-testid="secret">
              {setup.secret.match(/.{1,4}/g)?.join(" ")}
            </code>
            <CopyButton text={setup.secret} label={t("setup.copySecret")} />
          </div>
        </li>
        <li>
          <p>{t("setup.enter")}</p>
          <Field
            label={t("setup.code")}
            autoComplete="one-time-code"
            inputMode="numeric"
            dir="ltr"
            autoFocus
            value={code}
            fault={error?.fault("code") === undefined ? undefined : t("setup.wrong")}
            onChange={(event) => setCode(event.target.value)}
          />
          <label className={styles["check"]}>
            <input
              type="checkbox"
              checked={endOthers}
              onChange={(event) => setEndOthers(event.target.checked)}
            />
            {t("setup.endOthers")}
          </label>
        </li>
      </ol>
      <div className={styles["end"]}>
        <FormFault error={enable.error} />
        <div className={styles["actions"]}>
          <Button kind="primary" type="submit" disabled={enable.isPending || code === ""}>
            {t("setup.enable")}
          </Button>
          <Button kind="quiet" onClick={onCancel}>
            {t("common:cancel")}
          </Button>
        </div>
      </div>
    </form>
  );
}
