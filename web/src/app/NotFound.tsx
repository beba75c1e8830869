import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useTitle } from "@/hooks/useTitle";
import { buttonClass } from "@/ui/buttonClass";
import { EmptyState } from "@/ui/EmptyState";

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  useTitle(t("error.notFound"));
  const home = (
    <Link to="/" className={buttonClass({ kind: "primary" })}>
      {t("error.goHome")}
    </Link>
  );
  return <EmptyState title={t("error.notFound")} lead={t("error.notFoundHint")} actions={home} />;
}
