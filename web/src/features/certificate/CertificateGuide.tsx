import { useTranslation } from "react-i18next";

import type { Certificate } from "@/api/types";

import styles from "./CertificatePage.module.css";
import { CodeCard } from "./CodeCard";
import { GetStep } from "./GetStep";
import { InstallStep } from "./InstallStep";
import { OpenStep } from "./OpenStep";

/** The three steps to trust, and the way to a phone beside them. */
export function CertificateGuide({ certificate }: { certificate: Certificate }) {
  const { t } = useTranslation("certificate");
  return (
    <>
      <header className={styles["head"]}>
        <h1>{t("title")}</h1>
        <p>{t("lead")}</p>
      </header>
      <div className={styles["columns"]}>
        <div className={styles["steps"]}>
          <GetStep certificate={certificate} />
          <InstallStep />
          <OpenStep addresses={certificate.secureUrls} />
        </div>
        <CodeCard address={certificate.installUrl} />
      </div>
    </>
  );
}
