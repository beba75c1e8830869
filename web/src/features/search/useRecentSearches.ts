import { useSyncExternalStore } from "react";

import { useSession } from "@/hooks/useSession";
import { Emitter } from "@/lib/emitter";
import { fold } from "@/lib/fold";
import { deviceStorage } from "@/lib/storage";

const MOST = 8;
const changes = new Emitter<{ changed: undefined }>();

/** The words one searched for and then used a result of. They stay on this device, apart for each account. */
export function useRecentSearches() {
  const key = `searches.${useSession()?.id ?? 0}`;
  // As text, because equal texts are the same value and equal lists are not.
  const kept = useSyncExternalStore(
    (changed) => changes.on("changed", changed),
    () => deviceStorage.read(key),
  );
  const words = read(kept);
  const write = (next: string[]) => {
    deviceStorage.write(key, next.length === 0 ? null : JSON.stringify(next));
    changes.emit("changed", undefined);
  };
  const without = (text: string) => words.filter((known) => fold(known) !== fold(text));
  return {
    words,
    remember: (text: string) => write([text, ...without(text)].slice(0, MOST)),
    forget: (text: string) => write(without(text)),
    forgetAll: () => write([]),
  };
}

function read(kept: string | null): string[] {
  try {
    const value: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
  } catch {
    return [];
  }
}
