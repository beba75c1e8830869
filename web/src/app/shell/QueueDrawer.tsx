import { type KeyboardEvent, lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";

const QueuePanel = lazy(() =>
  import("@/features/player/QueuePanel").then((module) => ({ default: module.QueuePanel })),
);

/** The queue beside the page. Escape closes it, and focus goes back to where it came from. */
export function QueueDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    // The keys only add a shortcut for the close button inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside aria-label={t("nav.queue")} style={{ height: "100%" }} onKeyDown={onKeyDown}>
      <Suspense>
        <QueuePanel onClose={onClose} />
      </Suspense>
    </aside>
  );
}
