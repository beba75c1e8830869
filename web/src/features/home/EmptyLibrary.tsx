import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useSession } from "@/hooks/useSession";
import { buttonClass } from "@/ui/buttonClass";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";

const FACTS = ["reads", "files", "privacy"] as const;

/** The first page before there is any music. */
export function EmptyLibrary() {
  const { t } = useTranslation(["home", "shell"]);
  const admin = useSession()?.role === "admin";
  const actions = (
    <>
      <Link to={"/upload" as string} className={buttonClass({ kind: "primary" })}>
        <Icon name="upload" size={18} />
        {t("shell:addMusic")}
      </Link>
      {admin && (
        <Link to="/admin/$" params={{ _splat: "scan" }} className={buttonClass({})}>
          <Icon name="folder" size={18} />
          {t("empty.folder")}
        </Link>
      )}
    </>
  );
  return (
    <EmptyState
      title={t("empty.title")}
      lead={t("empty.lead")}
      actions={actions}
      facts={FACTS.map((fact) => ({ term: t(`empty.term.${fact}`), text: t(`empty.fact.${fact}`) }))}
    />
  );
}
