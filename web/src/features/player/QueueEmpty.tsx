import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { buttonClass } from "@/ui/buttonClass";
import { EmptyState } from "@/ui/EmptyState";

/** Nothing was played yet. */
export function QueueEmpty() {
  const { t } = useTranslation("queue");
  return (
    <EmptyState
      title={t("empty")}
      lead={t("emptyHint")}
      actions={
        <Link to={"/albums" as string} className={buttonClass({ kind: "primary" })}>
          {t("emptyGo")}
        </Link>
      }
    />
  );
}
