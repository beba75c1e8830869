import { lazy, Suspense, useSyncExternalStore } from "react";

import { confirmation } from "@/api/confirmation";
import { loadTexts } from "@/i18n/i18n";

const ConfirmDialog = lazy(async () => {
  const [dialog] = await Promise.all([
    import("@/features/confirm/ConfirmDialog").then((module) => module.ConfirmDialog),
    loadTexts(["confirm"]),
  ]);
  return { default: dialog };
});

/** Draws the question whether it is still the same person over whatever page asked; its code comes when it is needed. */
export function ConfirmHost() {
  const open = useSyncExternalStore(
    (changed) => confirmation.subscribe(changed),
    () => confirmation.isOpen(),
  );
  if (!open) return null;
  return (
    <Suspense>
      <ConfirmDialog onSettled={(confirmed) => confirmation.settle(confirmed)} />
    </Suspense>
  );
}
