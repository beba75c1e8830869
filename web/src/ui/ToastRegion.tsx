import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import type { Toasts } from "@/lib/toasts";

import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import styles from "./ToastRegion.module.css";

/** Where messages appear. The list stands in the page from the start, so that screen readers hear every change. */
export function ToastRegion({ source }: { source: Toasts }) {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(
    (changed) => source.subscribe(changed),
    () => source.list(),
  );
  return (
    <div className={styles["region"]} role="log" aria-live="polite" aria-label={t("notifications")}>
      {shown.map((toast) => (
        <div key={toast.id} className={styles["toast"]}>
          {toast.kind === "fault" && (
            <span className={styles["fault"]}>
              <Icon name="warning" />
            </span>
          )}
          <span className={styles["text"]}>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              className={styles["action"]}
              onClick={() => {
                source.dismiss(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </button>
          )}
          <IconButton icon="close" label={t("dismiss")} onClick={() => source.dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
