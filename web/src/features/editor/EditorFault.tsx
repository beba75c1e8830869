import { useTranslation } from "react-i18next";

import { ApiError, UNREACHABLE } from "@/api/error";

import styles from "./TagEditor.module.css";

/** Why the last try did not work, in the server's words where it has some. */
export function EditorFault({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const known = error instanceof ApiError;
  const unreachable = known && error.code === UNREACHABLE;
  const said = known && error.message !== "" ? error.message : t("error.generic");
  return (
    <p className={styles["refusal"]} role="alert">
      {unreachable ? t("error.unreachable") : said}
    </p>
  );
}
