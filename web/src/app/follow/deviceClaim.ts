import type { Storage } from "@/lib/storage";

/** Carries messages to the other tabs of this browser, and theirs to here; never one's own. */
export interface Tabs {
  post(message: unknown): void;
  listen(hear: (message: unknown) => void): void;
}

/** What a claim needs of the page. */
export interface ClaimOptions {
  readonly storage: Storage;
  /** Null where the browser has no way between tabs: then this tab counts as the only one. */
  readonly tabs: Tabs | null;
  /** Makes an id that nobody else makes. */
  readonly newId: () => string;
  readonly wait: (ms: number) => Promise<void>;
}

/** How long another tab has for its answer. */
const PATIENCE_MS = 120;
const KEY = "devices";

type Message =
  | { readonly kind: "who"; readonly id: string; readonly asker: string }
  | { readonly kind: "mine"; readonly id: string };

/**
 * The id by which this tab plays. The ids of a browser are kept, so that it is known again tomorrow; each of its tabs
 * that are open at once has one of its own, the first free one.
 */
export async function claimDevice(options: ClaimOptions): Promise<string> {
  const { storage, tabs, newId, wait } = options;
  const asker = newId();
  const taken = new Set<string>();
  let wanted: string | null = null;
  let claimed = false;
  tabs?.listen((message) => {
    if (!isMessage(message)) return;
    if (message.kind === "mine") taken.add(message.id);
    // Of two that ask for the same at once, the one whose name sorts first has it.
    else if (message.id === wanted && (claimed || asker < message.asker)) {
      tabs.post({ kind: "mine", id: message.id } satisfies Message);
    }
  });
  for (const id of tabs === null ? readIds(storage).slice(0, 1) : readIds(storage)) {
    wanted = id;
    tabs?.post({ kind: "who", id, asker } satisfies Message);
    if (tabs !== null) await wait(PATIENCE_MS);
    claimed = !taken.has(id);
    if (claimed) return id;
  }
  wanted = newId();
  claimed = true;
  storage.write(KEY, JSON.stringify([...readIds(storage), wanted]));
  return wanted;
}

function readIds(storage: Storage): string[] {
  try {
    const kept: unknown = JSON.parse(storage.read(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== "object" || value === null) return false;
  if (!("kind" in value) || !("id" in value) || typeof value.id !== "string") return false;
  return (
    value.kind === "mine" || (value.kind === "who" && "asker" in value && typeof value.asker === "string")
  );
}
