import { useTranslation } from "react-i18next";

import { downloadText } from "@/lib/clipboard";
import { Button } from "@/ui/Button";

import { CopyButton } from "./CopyButton";
import styles from "./SecurityPage.module.css";

interface RecoveryCodesProps {
  codes: readonly string[];
  onDone: () => void;
}

/** The recovery codes, which are in view this once: to be copied, saved or printed. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const { t } = useTranslation("security");
  const text = codes.join("\n");
  const page = `${t("recovery.sheet", { host: window.location.host })}\n\n${text}\n`;
  return (
    <div className={styles["recovery"]}>
      <div className={styles["sheet"]}>
        <h3>{t("recovery.title")}</h3>
        <p className={styles["lead"]}>{t("recovery.about")}</p>
        <p className={styles["onPaper"]}>{window.location.host}</p>
        <ul className={styles["codes"]} aria-label={t("recovery.title")} dir="ltr">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </div>
      <div className={styles["actions"]}>
        <CopyButton text={text} label={t("recovery.copy")} />
        <Button small onClick={() => downloadText("hathor-recovery-codes.txt", page)}>
          {t("recovery.download")}
        </Button>
        <Button small onClick={() => window.print()}>
          {t("recovery.print")}
        </Button>
        <Button small kind="primary" onClick={onDone}>
          {t("recovery.done")}
        </Button>
      </div>
    </div>
  );
}
