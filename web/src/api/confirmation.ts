import { Emitter, type Unsubscribe } from "@/lib/emitter";

/**
 * The question whether the person in front of the screen is the one who signed in. Requests that need a fresh
 * sign-in ask it; the application draws its dialog. All who ask while it is open get the one answer.
 */
class Confirmation {
  private readonly events = new Emitter<{ changed: undefined }>();
  private open: { answer: Promise<boolean>; settle: (confirmed: boolean) => void } | null = null;

  isOpen(): boolean {
    return this.open !== null;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  /** Whether it was confirmed; false when the question was turned away. */
  ask(): Promise<boolean> {
    if (this.open === null) {
      const { promise, resolve } = withResolvers();
      this.open = { answer: promise, settle: resolve };
      this.events.emit("changed", undefined);
    }
    return this.open.answer;
  }

  settle(confirmed: boolean): void {
    const open = this.open;
    this.open = null;
    open?.settle(confirmed);
    this.events.emit("changed", undefined);
  }
}

function withResolvers() {
  let resolve: (value: boolean) => void = () => undefined;
  const promise = new Promise<boolean>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export const confirmation = new Confirmation();
