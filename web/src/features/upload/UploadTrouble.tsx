import { useState } from "react";
import { useTranslation } from "react-i18next";

import { uploads, useUploadTrouble } from "@/hooks/uploads";
import type { Trouble } from "@/lib/uploadQueue";
import { Button } from "@/ui/Button";
import { useCountdown } from "@/ui/useCountdown";

import { Notice } from "./Notice";
import { useReason } from "./useReason";

/** Says why nothing moves, and when it is tried again. */
export function UploadTrouble() {
  const trouble = useUploadTrouble();
  return trouble === null ? null : <Counted key={trouble.until} trouble={trouble} />;
}

function Counted({ trouble }: { trouble: Trouble }) {
  const { t } = useTranslation("upload");
  const [ahead] = useState(() => Math.max(0, Math.ceil((trouble.until - Date.now()) / 1000)));
  const { text, lang } = useReason()(trouble);
  const seconds = useCountdown(ahead, () => undefined);
  return (
    <Notice
      icon="warning"
      title={text}
      lang={lang}
      text={seconds === null || seconds <= 0 ? t("trouble.now") : t("trouble.soon", { seconds })}
      actions={
        <Button small onClick={() => uploads.retryNow()}>
          {t("trouble.retry")}
        </Button>
      }
    />
  );
}
