import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { factorQuery } from "@/api/security";
import { Icon } from "@/ui/Icon";
import { ListFault } from "@/ui/ListFault";
import { SkeletonRows } from "@/ui/Skeleton";

import { FactorOff } from "./FactorOff";
import { FactorOn } from "./FactorOn";
import { RecoveryCodes } from "./RecoveryCodes";
import { Section } from "./Section";
import styles from "./SecurityPage.module.css";

/** The second factor: off, being set up, or on. New recovery codes stay in view until they were put away. */
export function Factor() {
  const { t } = useTranslation("security");
  const { data, error, refetch } = useQuery(factorQuery);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const waiting = data?.required === true && !data.enabled;
  return (
    <Section title={t("factor.title")} about={t("factor.about")} wide>
      {waiting && (
        <p className={styles["notice"]} role="status">
          <Icon name="warning" />
          {t("factor.required")}
        </p>
      )}
      {error !== null && <ListFault error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <SkeletonRows count={1} cover={28} />}
      {codes !== null ? (
        <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />
      ) : (
        data !== undefined &&
        (data.enabled ? (
          <FactorOn state={data} onCodes={setCodes} />
        ) : (
          <FactorOff onCodes={setCodes} primary={waiting} />
        ))
      )}
    </Section>
  );
}
