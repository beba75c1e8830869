import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { startFactor } from "@/api/security";
import { Button } from "@/ui/Button";

import { FactorSetup } from "./FactorSetup";
import { FormFault } from "./FormFault";
import styles from "./SecurityPage.module.css";

interface FactorOffProps {
  onCodes: (codes: readonly string[]) => void;
  /** It is the one thing to do here. */
  primary: boolean;
}

/** Offers a second factor, and then shows how it is set up. */
export function FactorOff({ onCodes, primary }: FactorOffProps) {
  const { t } = useTranslation("security");
  const start = useMutation({ mutationFn: startFactor });
  if (start.data !== undefined) {
    return <FactorSetup setup={start.data} onCodes={onCodes} onCancel={() => start.reset()} />;
  }
  return (
    <div className={styles["state"]}>
      <p className={styles["lead"]}>{t("factor.off")}</p>
      <FormFault error={start.error} />
      <Button
        kind={primary ? "primary" : "plain"}
        icon="lock"
        disabled={start.isPending}
        onClick={() => start.mutate()}
      >
        {t("factor.setUp")}
      </Button>
    </div>
  );
}
