import { useTranslation } from "react-i18next";

import { ApiError, UNREACHABLE } from "@/api/error";

import styles from "./ProfilePage.module.css";

/** Why the last try did not work, unless a field says it or the person turned the question for the password away. */
export function FormFault({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  if (error === null || known?.code === "confirm_required") return null;
  if (known !== null && known.details.length > 0) return null;
  return (
    <p className={styles["fault"]} role="alert">
      {known?.code === UNREACHABLE ? t("error.unreachable") : known?.message || t("error.generic")}
    </p>
  );
}
