import { useTranslation } from "react-i18next";

import { ApiError, UNREACHABLE } from "@/api/error";

import styles from "./PlaylistDialog.module.css";

/** Why saving did not work; what is wrong with single fields stands at the fields. */
export function DialogNote({ error, conflict }: { error: Error | null; conflict?: string }) {
  const { t } = useTranslation();
  if (error === null || (error instanceof ApiError && error.details.length > 0)) return null;
  const known = error instanceof ApiError ? error : null;
  const silent = known?.code === UNREACHABLE;
  const text = silent ? t("error.unreachable") : known?.status === 409 ? conflict : known?.message;
  return (
    <p className={styles["fault"]} role="alert">
      {text || t("error.generic")}
    </p>
  );
}
