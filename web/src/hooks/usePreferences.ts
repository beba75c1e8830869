import { useSyncExternalStore } from "react";

import { PreferenceStore } from "@/lib/preferences";
import { deviceStorage } from "@/lib/storage";

/** The choices of this device; the page has one set of them. */
export const preferences = new PreferenceStore(deviceStorage);

export function usePreferences() {
  return useSyncExternalStore(
    (changed) => preferences.subscribe(changed),
    () => preferences.snapshot(),
  );
}
