import { useMemo } from "react";

import { useSession } from "@/hooks/useSession";
import { deviceStorage } from "@/lib/storage";

/** A page that was opened from the palette, as it is kept on this device. */
export interface RecentEntry {
  readonly id: string;
  readonly label: string;
  readonly to: string;
}

const MOST = 5;

/** The pages opened from the palette last, apart for each account. */
export function useRecentEntries() {
  const key = `palette.${useSession()?.id ?? 0}`;
  const entries = useMemo(() => read(deviceStorage.read(key)), [key]);
  return {
    entries,
    remember: ({ id, label, to }: RecentEntry) => {
      const others = entries.filter((known) => known.id !== id);
      deviceStorage.write(key, JSON.stringify([{ id, label, to }, ...others].slice(0, MOST)));
    },
  };
}

function read(kept: string | null): RecentEntry[] {
  try {
    const value: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(value) ? value.filter(isRecent) : [];
  } catch {
    return [];
  }
}

function isRecent(value: unknown): value is RecentEntry {
  if (typeof value !== "object" || value === null) return false;
  const { id, label, to } = value as Partial<Record<keyof RecentEntry, unknown>>;
  return typeof id === "string" && typeof label === "string" && typeof to === "string" && to.startsWith("/");
}
