import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { configurationQuery } from "@/api/server";
import type { Setting } from "@/api/types";
import { useTitle } from "@/hooks/useTitle";
import { classes } from "@/lib/classes";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import styles from "./admin.module.css";

/** The settings in force, and where each of them comes from. They are changed where the server is started. */
export function ConfigurationPage() {
  const { t } = useTranslation("admin");
  const { data, error, refetch } = useQuery(configurationQuery);
  useTitle(t("configuration.title"));
  const origin = ({ origin }: Setting) => (origin === "default" ? t("configuration.default") : origin);
  return (
    <>
      <h1>{t("configuration.title")}</h1>
      <p className={styles["about"]}>{t("configuration.about")}</p>
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={8} cover={20} />}
      {data !== undefined && (
        <ul className={styles["rows"]} aria-label={t("configuration.title")}>
          {data.map((setting) => (
            <li key={setting.key} className={classes(styles["row"], styles["setting"])}>
              <p className={styles["name"]}>
                <bdi>{setting.variable}</bdi>
              </p>
              <p className={styles["value"]}>
                {setting.value === "" ? (
                  <span className="ink3">{t("configuration.empty")}</span>
                ) : (
                  <bdi>{setting.value}</bdi>
                )}
              </p>
              <p className={classes(styles["origin"], setting.origin !== "default" && styles["given"])}>
                {origin(setting)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
