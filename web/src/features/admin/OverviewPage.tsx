import { useTranslation } from "react-i18next";

import { useTitle } from "@/hooks/useTitle";

import styles from "./admin.module.css";
import { HealthCard } from "./HealthCard";
import { ScanSummary } from "./ScanSummary";

/** How the server is, and what the last scan found. */
export function OverviewPage() {
  const { t } = useTranslation("admin");
  useTitle(t("title"));
  return (
    <>
      <h1>{t("nav.overview")}</h1>
      <div className={styles["first"]}>
        <HealthCard />
        <ScanSummary />
      </div>
    </>
  );
}
