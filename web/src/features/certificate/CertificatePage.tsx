import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { certificateQuery } from "@/api/certificate";
import { ApiError } from "@/api/error";
import { useTitle } from "@/hooks/useTitle";
import { ErrorState } from "@/ui/ErrorState";
import { Mark } from "@/ui/Mark";
import { Skeleton, SkeletonBlock } from "@/ui/Skeleton";

import styles from "./CertificatePage.module.css";
import { CertificateGuide } from "./CertificateGuide";
import { NoCertificate } from "./NoCertificate";

/** Makes a device trust a server that is its own certificate authority. Works before it does, and signed out. */
export function CertificatePage() {
  const { t } = useTranslation(["certificate", "common"]);
  const { data, error, refetch } = useQuery(certificateQuery);
  useTitle(t("title"));
  const none = error instanceof ApiError && error.status === 404;
  return (
    <div className={styles["scroll"]}>
      <main className={styles["page"]}>
        <p className={styles["brand"]}>
          <Mark />
          {t("common:app")}
        </p>
        {data !== undefined && <CertificateGuide certificate={data} />}
        {data === undefined && none && <NoCertificate />}
        {data === undefined && !none && error !== null && (
          <ErrorState title={t("fault")} onRetry={() => void refetch()} />
        )}
        {data === undefined && error === null && (
          <Skeleton>
            <SkeletonBlock height={320} />
          </Skeleton>
        )}
      </main>
    </div>
  );
}
