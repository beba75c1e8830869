import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { factorQuery, replaceRecoveryCodes } from "@/api/security";
import { Button } from "@/ui/Button";

import { DisableDialog } from "./DisableDialog";
import { FormFault } from "./FormFault";
import styles from "./SecurityPage.module.css";

interface FactorOnProps {
  state: { recoveryCodesLeft: number; required: boolean };
  onCodes: (codes: readonly string[]) => void;
}

const FEW = 3;

/** A second factor that is on: how many recovery codes are left, new ones, and the way out. */
export function FactorOn({ state, onCodes }: FactorOnProps) {
  const { t } = useTranslation("security");
  const queries = useQueryClient();
  const [disabling, setDisabling] = useState(false);
  const replace = useMutation({
    mutationFn: replaceRecoveryCodes,
    onSuccess: async (codes) => {
      onCodes(codes);
      await queries.invalidateQueries(factorQuery);
    },
  });
  return (
    <div className={styles["state"]}>
      <p className={styles["on"]}>{t("factor.on")}</p>
      <p className={state.recoveryCodesLeft < FEW ? styles["few"] : styles["lead"]}>
        {t("factor.left", { count: state.recoveryCodesLeft })}
      </p>
      <FormFault error={replace.error} />
      <div className={styles["actions"]}>
        <Button disabled={replace.isPending} onClick={() => replace.mutate()}>
          {t("factor.newCodes")}
        </Button>
        {!state.required && (
          <Button kind="quiet" onClick={() => setDisabling(true)}>
            {t("factor.disable")}
          </Button>
        )}
      </div>
      {state.required && <p className={styles["hint"]}>{t("factor.stays")}</p>}
      {disabling && <DisableDialog onClose={() => setDisabling(false)} />}
    </div>
  );
}
