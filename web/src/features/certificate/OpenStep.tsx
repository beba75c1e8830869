import { useTranslation } from "react-i18next";

import styles from "./CertificatePage.module.css";
import { Step } from "./Step";

/** Where the server is found over https. */
export function OpenStep({ addresses }: { addresses: readonly string[] }) {
  const { t } = useTranslation("certificate");
  return (
    <Step number={3} title={t("open")}>
      <ul className={styles["addresses"]}>
        {addresses.map((address) => (
          <li key={address}>
            <a href={address} className="link">
              {address}
            </a>
          </li>
        ))}
      </ul>
      <p className="ink3">{t("openAbout")}</p>
    </Step>
  );
}
