import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { formatTime } from "@/lib/format";

import { Button } from "./Button";
import styles from "./ErrorState.module.css";
import type { GlyphName } from "./glyphs";
import { Icon } from "./Icon";
import { useCountdown } from "./useCountdown";

interface ErrorStateProps {
  /** What failed. */
  title: string;
  /** What still works. */
  hint?: string;
  icon?: GlyphName;
  onRetry?: () => void;
  /** Seconds until it is tried again by itself. */
  retryIn?: number;
  /** A second action. */
  action?: ReactNode;
}

/** Says what failed, what goes on, and what happens next. The page below it shows what it has. */
export function ErrorState({ title, hint, icon = "warning", onRetry, retryIn, action }: ErrorStateProps) {
  const { t } = useTranslation();
  const left = useCountdown(retryIn ?? null, () => onRetry?.());
  return (
    <section className={styles["fault"]} role="alert">
      <span className={styles["sign"]}>
        <Icon name={icon} />
      </span>
      <div>
        <h2>{title}</h2>
        {hint !== undefined && <p className="ink2">{hint}</p>}
      </div>
      <div className={styles["actions"]}>
        {onRetry !== undefined && (
          <Button kind="primary" onClick={onRetry}>
            {t("retry")}
          </Button>
        )}
        {action}
      </div>
      {left !== null && (
        // The count is for the eye; reading every second aloud would drown the message.
        <p className={styles["count"]} aria-hidden="true">
          {t("nextTry")} <b>{formatTime(left)}</b>
        </p>
      )}
    </section>
  );
}
