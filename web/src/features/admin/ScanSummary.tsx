import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { scanQuery } from "@/api/admin";
import { buttonClass } from "@/ui/buttonClass";
import { ListFault } from "@/ui/ListFault";

import styles from "./admin.module.css";
import { ScanCounts } from "./ScanCounts";
import { useScanText } from "./useScanText";

/** What the scan that runs, or the last one, has found; the rest is on its own page. */
export function ScanSummary() {
  const { t } = useTranslation("admin");
  const { data: scan, error, refetch } = useQuery(scanQuery);
  const when = useScanText(scan);
  return (
    <section className={styles["section"]} aria-label={t("scan.title")}>
      <div className={styles["head"]}>
        <div>
          <h2>{t("scan.title")}</h2>
          <p className={styles["about"]}>{when}</p>
        </div>
        <Link to="/admin/$" params={{ _splat: "scan" }} className={buttonClass({ small: true })}>
          {t("scan.open")}
        </Link>
      </div>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {scan !== undefined && <ScanCounts scan={scan} />}
    </section>
  );
}
