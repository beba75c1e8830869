import { useState } from "react";
import { useTranslation } from "react-i18next";

import { usePlayer } from "@/hooks/usePlayer";
import { ErrorState } from "@/ui/ErrorState";

const RETRY_SECONDS = 10;

/**
 * Stands for a page whose code did not come. A browser does not ask twice for such a file, so all is loaded anew as
 * soon as the server answers; by itself only while nothing plays.
 */
export function NotFetched() {
  const { t } = useTranslation();
  const [tries, setTries] = useState(0);
  const playing = usePlayer(({ wantsToPlay }) => wantsToPlay);
  const retry = async () => {
    const answered = await fetch("/api/health/live", { cache: "no-store" }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) window.location.reload();
    else setTries((before) => before + 1);
  };
  return (
    <ErrorState
      key={`${tries} ${playing}`}
      icon="server"
      title={t("error.unreachable")}
      hint={t("error.unreachableHint")}
      onRetry={() => void retry()}
      {...(!playing && { retryIn: RETRY_SECONDS })}
    />
  );
}
