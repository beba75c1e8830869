import { lazy, Suspense } from "react";

import { loadTexts } from "@/i18n/i18n";

import styles from "./Deck.module.css";

const SleepButton = lazy(async () => {
  const [button] = await Promise.all([
    import("./SleepButton").then((module) => module.SleepButton),
    loadTexts(["now"]),
  ]);
  return { default: button };
});
const DeviceButton = lazy(() =>
  import("./DeviceButton").then((module) => ({ default: module.DeviceButton })),
);

/** The tools of the deck that come after the first page: the sleep timer, and where it plays. */
export function LateTools() {
  return (
    <span className={styles["late"]}>
      <Suspense>
        <SleepButton />
        <DeviceButton />
      </Suspense>
    </span>
  );
}
