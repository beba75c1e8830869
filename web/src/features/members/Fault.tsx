import { useTranslation } from "react-i18next";

import { ApiError, UNREACHABLE } from "@/api/error";

import styles from "./dialog.module.css";

/** Why something did not work; what is wrong with single fields stands at the fields. */
export function Fault({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  if (error === null || known?.code === "confirm_required" || (known?.details.length ?? 0) > 0) return null;
  return (
    <p className={styles["fault"]} role="alert">
      {known?.code === UNREACHABLE ? t("error.unreachable") : known?.message || t("error.generic")}
    </p>
  );
}
