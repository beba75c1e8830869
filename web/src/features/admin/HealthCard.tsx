import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { healthQuery } from "@/api/admin";
import { formatUptime } from "@/lib/since";
import { buttonClass } from "@/ui/buttonClass";
import { Facts } from "@/ui/Facts";
import { ListFault } from "@/ui/ListFault";

import styles from "./admin.module.css";
import { HealthChecks } from "./HealthChecks";

/** How the server and its parts are. */
export function HealthCard() {
  const { t, i18n } = useTranslation("admin");
  const { data, error, refetch } = useQuery(healthQuery);
  return (
    <section className={styles["section"]} aria-label={t("server.title")}>
      <div className={styles["head"]}>
        <h2>{t("server.title")}</h2>
        <a className={buttonClass({ small: true })} href="/api/docs">
          {t("server.docs")}
        </a>
      </div>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <div className={styles["facts"]}>
            <Facts
              facts={[
                { term: t("server.status"), text: t(`status.${data.status}`) },
                { term: t("server.version"), text: data.version },
                { term: t("server.uptime"), text: formatUptime(data.uptime, i18n.language) },
              ]}
            />
          </div>
          <HealthChecks checks={data.checks} />
        </>
      )}
    </section>
  );
}
