import { Emitter, type Unsubscribe } from "@/lib/emitter";

/**
 * The question whether the person in front of the screen is the one who signed in. Requests that need a fresh
 * sign-in ask it; the application draws its dialog. All who ask while it is open get the one answer.
 */
class Confirmation {
  private readonly events = new Emitter<{ changed: undefined; settled: boolean }>();
  private open: Promise<boolean> | null = null;

  isOpen(): boolean {
    return this.open !== null;
  }

  subscribe(listener: () => void): Unsubscribe {
    return this.events.on("changed", listener);
  }

  /** Whether it was confirmed; false when the question was turned away. */
  ask(): Promise<boolean> {
    if (this.open === null) {
      this.open = new Promise((resolve) => {
        const stop = this.events.on("settled", (confirmed) => {
          stop();
          resolve(confirmed);
        });
      });
      this.events.emit("changed", undefined);
    }
    return this.open;
  }

  settle(confirmed: boolean): void {
    this.open = null;
    this.events.emit("settled", confirmed);
    this.events.emit("changed", undefined);
  }
}

export const confirmation = new Confirmation();
