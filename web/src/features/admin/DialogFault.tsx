import { useTranslation } from "react-i18next";

import { ApiError, UNREACHABLE } from "@/api/error";

import styles from "./admin.module.css";

/** Why a dialog's act did not work; what is wrong with single fields stands at the fields. */
export function DialogFault({ error }: { error: Error | null }) {
  const { t } = useTranslation("common");
  if (error === null || (error instanceof ApiError && error.details.length > 0)) return null;
  const silent = error instanceof ApiError && error.code === UNREACHABLE;
  return (
    <p className={styles["fault"]} role="alert">
      {silent ? t("error.unreachable") : error.message || t("error.generic")}
    </p>
  );
}
