import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { buttonClass } from "@/ui/buttonClass";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";

/** A library without a song: how to put one in. */
export function EmptyHome() {
  const { t } = useTranslation(["home", "shell"]);
  const actions = (
    <Link to={"/upload" as string} className={buttonClass({ kind: "primary" })}>
      <Icon name="upload" size={18} />
      {t("shell:addMusic")}
    </Link>
  );
  const facts = (["reads", "size", "touches"] as const).map((name) => ({
    term: t(`empty.terms.${name}`),
    text: t(`empty.facts.${name}`),
  }));
  return <EmptyState title={t("empty.title")} lead={t("empty.lead")} actions={actions} facts={facts} />;
}
