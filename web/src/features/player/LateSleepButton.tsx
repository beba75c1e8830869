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

/** The sleep timer in the deck. It comes after the first page. */
export function LateSleepButton() {
  return (
    <span className={styles["late"]}>
      <Suspense>
        <SleepButton />
      </Suspense>
    </span>
  );
}
