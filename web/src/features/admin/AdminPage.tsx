import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useSession } from "@/hooks/useSession";
import { useTitle } from "@/hooks/useTitle";
import { buttonClass } from "@/ui/buttonClass";
import { ErrorState } from "@/ui/ErrorState";

import styles from "./AdminPage.module.css";
import { HealthCard } from "./HealthCard";
import { Libraries } from "./Libraries";
import { ScanCard } from "./ScanCard";

/** What administrators look after: the scan, the libraries, the server. */
export function AdminPage() {
  const { t } = useTranslation(["admin", "common"]);
  const user = useSession();
  useTitle(t("title"));
  if (user?.role !== "admin") {
    return (
      <ErrorState
        icon="lock"
        title={t("notForYou")}
        hint={t("notForYouHint")}
        action={
          <Link to="/" className={buttonClass({})}>
            {t("common:error.goHome")}
          </Link>
        }
      />
    );
  }
  return (
    <div className={styles["page"]}>
      <h1>{t("title")}</h1>
      <ScanCard />
      <Libraries />
      <HealthCard />
    </div>
  );
}
