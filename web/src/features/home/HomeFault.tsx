import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/error";
import { ErrorState } from "@/ui/ErrorState";

import styles from "./HomePage.module.css";
import type { HomeFaultOf } from "./useHome";

interface HomeFaultProps {
  faults: readonly HomeFaultOf[];
  onRetry: () => void;
}

const RETRY_SECONDS = 10;

/** Says which parts are missing; those that are here stand below it. */
export function HomeFault({ faults, onRetry }: HomeFaultProps) {
  const { t, i18n } = useTranslation(["home", "common"]);
  const silent = faults.every(({ error }) => error instanceof ApiError && error.status === 0);
  const temporary = faults.some(({ error }) => error instanceof ApiError && error.temporary);
  const names = [...new Set(faults.map(({ part }) => t(`part.${part}`)))];
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(names);
  return (
    <div className={styles["fault"]}>
      <ErrorState
        // A new failure counts down anew.
        key={faults.map(({ part }) => part).join()}
        icon={silent ? "server" : "warning"}
        title={silent ? t("common:error.unreachable") : t("fault.title")}
        hint={`${t("fault.missing", { names: list })} ${t("fault.rest")}`}
        onRetry={onRetry}
        {...(temporary && { retryIn: RETRY_SECONDS })}
      />
    </div>
  );
}
