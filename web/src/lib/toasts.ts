import { Emitter, type Unsubscribe } from "./emitter";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: "info" | "fault";
  readonly action?: ToastAction;
}

/** What a message offers to do; it goes when that is done. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

const SHOWN_MS = 6000;
const MOST_SHOWN = 3;

/** Short messages that pass by themselves. Anything may push one; the toast region shows them. */
export class Toasts {
  private readonly events = new Emitter<{ changed: undefined }>();
  private shown: readonly Toast[] = [];
  private lastId = 0;

  list(): readonly Toast[] {
    return this.shown;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  push(text: string, kind: Toast["kind"] = "info", action?: ToastAction): void {
    this.lastId += 1;
    const toast = { id: this.lastId, text, kind, ...(action && { action }) };
    this.become([...this.shown.filter((known) => known.text !== text), toast].slice(-MOST_SHOWN));
    setTimeout(() => this.dismiss(toast.id), action ? 2 * SHOWN_MS : SHOWN_MS);
  }

  dismiss(id: number): void {
    if (this.shown.some((toast) => toast.id === id))
      this.become(this.shown.filter((toast) => toast.id !== id));
  }

  private become(shown: readonly Toast[]): void {
    this.shown = shown;
    this.events.emit("changed", undefined);
  }
}

/** The page's one list of messages. */
export const toasts = new Toasts();
