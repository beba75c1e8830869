import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useTitle } from "@/hooks/useTitle";
import { Icon } from "@/ui/Icon";

import { ApiKeys } from "./ApiKeys";
import { Factor } from "./Factor";
import profile from "./ProfilePage.module.css";
import styles from "./SecurityPage.module.css";

/** What signs one in beside the password. */
export function SecurityPage() {
  const { t } = useTranslation("security");
  useTitle(t("title"));
  return (
    <div className={profile["page"]}>
      <header className={styles["head"]}>
        <Link to="/profile" className={styles["back"]}>
          <Icon name="back" size={16} />
          {t("back")}
        </Link>
        <h1>{t("title")}</h1>
      </header>
      <Factor />
      <ApiKeys />
    </div>
  );
}
