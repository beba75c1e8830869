import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { buttonClass } from "@/ui/buttonClass";
import { Icon } from "@/ui/Icon";

import { Section } from "./Section";

/** The way to the second factor and the API keys. */
export function SecurityLink() {
  const { t } = useTranslation("profile");
  return (
    <Section title={t("security.title")} about={t("security.about")}>
      <Link to="/profile/security" className={buttonClass({})}>
        <Icon name="lock" size={18} />
        {t("security.open")}
      </Link>
    </Section>
  );
}
