import { useTranslation } from "react-i18next";

import { ApiError, UNREACHABLE } from "@/api/error";

import styles from "./AddToPlaylistDialog.module.css";

/** Why the last try did not work, in the server's words where it has some. */
export function DialogFault({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const known = error instanceof ApiError;
  const reason =
    known && error.code === UNREACHABLE
      ? t("error.unreachable")
      : known && error.message !== ""
        ? error.message
        : t("error.generic");
  return (
    <p className={styles["fault"]} role="alert">
      {reason}
    </p>
  );
}
