import { useTranslation } from "react-i18next";

import { ErrorState } from "./ErrorState";
import styles from "./ListFault.module.css";

interface ListFaultProps {
  error: Error;
  onRetry: () => void;
}

const RETRY_SECONDS = 10;

/** Says that a part of a page could not be loaded, and tries again by itself if that may help. */
export function ListFault({ error, onRetry }: ListFaultProps) {
  const { t } = useTranslation();
  const { status, temporary } = { status: undefined, temporary: false, ...readFault(error) };
  const silent = status === 0;
  return (
    <div className={styles["fault"]}>
      <ErrorState
        key={temporary ? "waits" : "stays"}
        icon={silent ? "server" : "warning"}
        title={t(silent ? "error.unreachable" : "error.generic")}
        hint={silent ? t("error.unreachableHint") : error.message}
        onRetry={onRetry}
        {...(temporary && { retryIn: RETRY_SECONDS })}
      />
    </div>
  );
}

/** An error of the API tells its status and whether it may pass; ui does not know the class itself. */
function readFault(error: object): { status?: number; temporary?: boolean } {
  return {
    ...("status" in error && typeof error.status === "number" && { status: error.status }),
    ...("temporary" in error && typeof error.temporary === "boolean" && { temporary: error.temporary }),
  };
}
