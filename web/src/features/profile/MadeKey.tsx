import { useTranslation } from "react-i18next";

import type { MadeApiKey } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { CopyButton } from "./CopyButton";
import styles from "./SecurityPage.module.css";

/** A key that was just made. Nobody can read it again. */
export function MadeKey({ made, onClose }: { made: MadeApiKey; onClose: () => void }) {
  const { t } = useTranslation("security");
  return (
    <Dialog open onClose={onClose} title={t("madeKey.title", { name: made.apiKey.name })}>
      <div className={styles["form"]}>
        <p className="ink2">{t("madeKey.about")}</p>
        <div className={styles["secret"]}>
          <code dir="ltr" data-testid="key">
            {made.key}
          </code>
          <CopyButton text={made.key} label={t("madeKey.copy")} />
        </div>
        <p className={styles["hint"]}>{t("madeKey.use")}</p>
        <div className={styles["answers"]}>
          <Button kind="primary" onClick={onClose}>
            {t("madeKey.done")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
