import { Trans, useTranslation } from "react-i18next";

import styles from "./SearchPage.module.css";

/** Says that a typo was forgiven: what the results are for. */
export function Corrected({ words }: { words: string }) {
  const { t } = useTranslation("search");
  return (
    <p className={styles["corrected"]}>
      <Trans t={t} i18nKey="corrected" values={{ words }} components={{ b: <b /> }} />
    </p>
  );
}
