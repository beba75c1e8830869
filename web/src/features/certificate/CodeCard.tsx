import { useTranslation } from "react-i18next";

import { certificateFiles } from "@/api/certificate";

import styles from "./CertificatePage.module.css";

/** The page's address for a camera. */
export function CodeCard({ address }: { address: string }) {
  const { t } = useTranslation("certificate");
  const { origin, pathname } = new URL(address);
  return (
    <aside className={styles["card"]}>
      <img src={certificateFiles.code} alt={t("code", { address })} width={184} height={184} />
      <div>
        <h2>{t("phone")}</h2>
        <p className="ink2">{t("phoneAbout")}</p>
        <p className={styles["address"]}>
          {origin}
          <wbr />
          {pathname}
        </p>
      </div>
    </aside>
  );
}
