import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { buttonClass } from "@/ui/buttonClass";
import { EmptyState } from "@/ui/EmptyState";

/** The server has nothing that a device would have to install. */
export function NoCertificate() {
  const { t } = useTranslation("certificate");
  return (
    <EmptyState
      title={t("none.title")}
      lead={t("none.lead")}
      actions={
        <Link to="/" className={buttonClass({ kind: "primary" })}>
          {t("none.home")}
        </Link>
      }
    />
  );
}
