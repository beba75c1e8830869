import { useTranslation } from "react-i18next";

import { certificateFiles } from "@/api/certificate";
import type { Certificate } from "@/api/types";
import { formatDate } from "@/lib/format";
import { buttonClass } from "@/ui/buttonClass";

import styles from "./CertificatePage.module.css";
import { Fingerprint } from "./Fingerprint";
import { Step } from "./Step";

/** The file, and what to compare before it is trusted. */
export function GetStep({ certificate }: { certificate: Certificate }) {
  const { t, i18n } = useTranslation("certificate");
  return (
    <Step number={1} title={t("get")}>
      <p className={styles["actions"]}>
        <a href={certificateFiles.der} className={buttonClass({ kind: "primary" })}>
          {t("download")}
        </a>
        <a href={certificateFiles.pem} download="hathor-authority.pem" className="link">
          {t("pem")}
        </a>
      </p>
      <dl className={styles["print"]}>
        <dt>{t("fingerprint")}</dt>
        <dd>
          <Fingerprint text={certificate.fingerprint} />
        </dd>
      </dl>
      <p className="ink2">{t("compare")}</p>
      <p className="ink3">{t("until", { date: formatDate(certificate.validUntil, i18n.language) })}</p>
    </Step>
  );
}
